package io.relance.engine;

import io.camunda.client.CamundaClient;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The commands on native user tasks and incidents. They go over REST, which back-pressure may
 * reject: they are retried.
 */
@Component
public class EngineTasks {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final CamundaClient client;

  EngineTasks(CamundaClient client) {
    this.client = client;
  }

  /** What became of a command on a task. */
  public enum Outcome {
    DONE,
    /** Somebody else has it. */
    TAKEN,
    /** It was completed or canceled meanwhile. */
    GONE,
    /** One of the two, but an earlier try got no answer and may have been the one to do it. */
    TAKEN_OR_DONE
  }

  /** Gives the task to that person unless somebody else has it. */
  public Outcome claim(long taskKey, String login) {
    return send(
        () -> client.newAssignUserTaskCommand(taskKey).assignee(login).allowOverride(false).send());
  }

  /** Gives the task to that person, whoever has it. */
  public Outcome assign(long taskKey, String login) {
    return send(() -> client.newAssignUserTaskCommand(taskKey).assignee(login).send());
  }

  public Outcome release(long taskKey) {
    return send(() -> client.newUnassignUserTaskCommand(taskKey).send());
  }

  public Outcome complete(long taskKey, Map<String, Object> variables) {
    return send(() -> client.newCompleteUserTaskCommand(taskKey).variables(variables).send());
  }

  /** Gives the failed job new retries and closes its incident, so that the engine tries again. */
  public Outcome retryIncident(long incidentKey, long jobKey) {
    if (jobKey > 0) {
      Outcome retries =
          send(() -> client.newUpdateRetriesCommand(jobKey).retries(WorkerRuntime.RETRIES).send());
      if (retries == Outcome.GONE) {
        return retries;
      }
    }
    return send(() -> client.newResolveIncidentCommand(incidentKey).send());
  }

  private static Outcome send(EngineCommands.Send command) {
    try {
      EngineCommands.retrying(command, PATIENCE);
      return Outcome.DONE;
    } catch (EngineCommands.TooLate late) {
      if (late.perhapsByUs()) {
        return Outcome.TAKEN_OR_DONE;
      }
      return late instanceof EngineCommands.Gone ? Outcome.GONE : Outcome.TAKEN;
    }
  }
}
