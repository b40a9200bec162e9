package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.MigrationPlan;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The commands on running cases: another version of their process, an element begun anew, a
 * variable, an incident tried again. The engine does each as a whole or not at all, and says why
 * not.
 */
@Component
public class EngineCases {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What stands before the engine's sentence: a code of the transport, and one of its own. */
  private static final Pattern BEFORE_ITS_WORDS =
      Pattern.compile("^(?:[A-Z_]+: )?(?:Command '[A-Z_]+' rejected with code '[A-Z_]+': )?");

  /** How a command ended. */
  public enum Outcome {
    DONE,
    /** What it spoke of ended or moved on. */
    GONE,
    /** The engine will not, and says why. */
    REFUSED,
    /** The case does something at this moment, or a token of it waits at a joining gateway. */
    MOVING,
    /** The engine does not answer: nobody knows; the same command can be given again. */
    AWAY
  }

  /**
   * @param said the engine's own words; empty if it did what it was told
   */
  public record Answer(Outcome outcome, String said) {}

  private final CamundaClient client;

  EngineCases(CamundaClient client) {
    this.client = client;
  }

  /**
   * Moves a case to another version. Given again it does no harm: the case is on that version
   * already.
   *
   * @param mapping from elements of the version where it is to elements of the other one; a catch
   *     event that is mapped keeps its timer as it runs, one that is not begins anew
   */
  public Answer migrate(long processInstanceKey, long toProcessKey, Map<String, String> mapping) {
    MigrationPlan.MigrationPlanBuilderStep2 begun =
        MigrationPlan.newBuilder().withTargetProcessDefinitionKey(toProcessKey);
    MigrationPlan.MigrationPlanBuilderFinalStep plan = null;
    for (Map.Entry<String, String> each : mapping.entrySet()) {
      plan =
          plan == null
              ? begun.addMappingInstruction(each.getKey(), each.getValue())
              : plan.addMappingInstruction(each.getKey(), each.getValue());
    }
    if (plan == null) {
      throw new IllegalArgumentException("mapping is empty: name at least one element");
    }
    MigrationPlan all = plan.build();
    return send(
        () ->
            client.newMigrateProcessInstanceCommand(processInstanceKey).migrationPlan(all).send());
  }

  /** Ends an element where a case waits and begins it anew, both or neither. */
  public Answer restart(long processInstanceKey, String elementId, long elementInstanceKey) {
    return send(
        () ->
            client
                .newModifyProcessInstanceCommand(processInstanceKey)
                .activateElement(elementId)
                .and()
                .terminateElement(elementInstanceKey)
                .send());
  }

  /**
   * Sets variables.
   *
   * @param scopeKey of the case, or of the element instance
   * @param json an object
   * @param local for that element instance only
   */
  public Answer setVariables(long scopeKey, String json, boolean local) {
    return send(() -> client.newSetVariablesCommand(scopeKey).variables(json).local(local).send());
  }

  /**
   * Lets the engine try again.
   *
   * @param jobKey of the job that failed, if it was one; it gets so many tries
   */
  public Answer resolve(long incidentKey, @Nullable Long jobKey, int retries) {
    if (jobKey != null && jobKey > 0) {
      Answer given = send(() -> client.newUpdateRetriesCommand(jobKey).retries(retries).send());
      if (given.outcome() != Outcome.DONE) {
        return given;
      }
    }
    return send(() -> client.newResolveIncidentCommand(incidentKey).send());
  }

  private static Answer send(EngineCommands.Send command) {
    try {
      EngineCommands.retrying(command, PATIENCE);
      return new Answer(Outcome.DONE, "");
    } catch (EngineCommands.TooLate late) {
      return read(wordsOf(late.getMessage()), late instanceof EngineCommands.Gone);
    } catch (RuntimeException failure) {
      return EngineCommands.read(failure).isPassing()
          ? new Answer(Outcome.AWAY, wordsOf(failure.getMessage()))
          : read(wordsOf(failure.getMessage()), false);
    }
  }

  static Answer read(String said, boolean notFound) {
    if (said.contains("concurrent command was executed")) {
      return new Answer(Outcome.MOVING, said);
    }
    // a version that does not exist is no case that ended
    boolean gone =
        (notFound && !said.contains("no process definition found"))
            || said.contains("element instance that could not be found");
    return new Answer(gone ? Outcome.GONE : Outcome.REFUSED, said);
  }

  static String wordsOf(@Nullable String message) {
    return message == null ? "" : BEFORE_ITS_WORDS.matcher(message).replaceFirst("").strip();
  }
}
