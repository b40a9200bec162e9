package io.relance.designer.running;

import io.relance.access.Audit;
import io.relance.engine.EngineCases;
import io.relance.kernel.Actor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person does about incidents: gives a case what it lacks, and lets the engine try again.
 */
@Component
public class IncidentMending {

  private static final int RETRIES_MAX = 20;
  private static final int VALUE_MAX = 20_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private final IncidentGroups incidents;
  private final EngineCases engine;
  private final CaseJobs jobs;
  private final TransactionTemplate transactions;
  private final JsonMapper json;
  private final Audit audit;

  IncidentMending(
      IncidentGroups incidents,
      EngineCases engine,
      CaseJobs jobs,
      TransactionTemplate transactions,
      JsonMapper json,
      Audit audit) {
    this.incidents = incidents;
    this.engine = engine;
    this.jobs = jobs;
    this.transactions = transactions;
    this.json = json;
    this.audit = audit;
  }

  /**
   * Sets a variable of the case that the incident is in.
   *
   * @param value JSON
   * @param stepOnly for the step that stands still, and not for the whole case
   * @throws IllegalArgumentException if the name or the value is none, or the variable says whose
   *     case it is
   * @throws RunningConflict if the incident is not open any more, or the engine refuses
   */
  public void setVariable(
      long incidentKey, String name, String value, boolean stepOnly, Actor actor) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is '" + name + "', and is letters, digits and underscores, a letter first");
    }
    if (name.endsWith("Id")) {
      throw new IllegalArgumentException(
          name
              + " says whose case this is: another value would write to the wrong payer. Cancel the"
              + " case instead");
    }
    JsonNode parsed = parsed(value);
    IncidentGroups.Stuck stuck = open(incidentKey);
    String object = json.writeValueAsString(Map.of(name, parsed));
    told(
        engine.setVariables(
            stepOnly ? stuck.elementInstanceKey() : stuck.processInstanceKey(), object, stepOnly),
        incidentKey);
    audit.record(
        actor,
        "set-variable",
        "incident " + incidentKey,
        (stepOnly ? "step " : "case ") + stuck.processInstanceKey() + ": " + object);
  }

  private JsonNode parsed(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "value is empty: write JSON, such as 12 or true; null for nothing");
    }
    if (value.length() > VALUE_MAX) {
      throw new IllegalArgumentException(
          "value has " + value.length() + " characters, and can have " + VALUE_MAX);
    }
    try {
      return json.readTree(value);
    } catch (JacksonException noJson) {
      throw new IllegalArgumentException(
          "value is no JSON: write a number, true, false, null, or a text in double quotes. "
              + noJson.getOriginalMessage(),
          noJson);
    }
  }

  /**
   * Lets the engine try again.
   *
   * @param retries that a failed job gets
   * @throws RunningConflict if the incident is not open any more, or the engine refuses
   */
  public void retry(long incidentKey, int retries, Actor actor) {
    requireRetries(retries);
    IncidentGroups.Stuck stuck = open(incidentKey);
    told(engine.resolve(incidentKey, stuck.jobKey(), retries), incidentKey);
    audit.record(
        actor,
        "retry-incident",
        "incident " + incidentKey,
        stuck.jobKey() == null ? null : retries + " tries");
  }

  /**
   * Lets the engine try all of a group again, so many a second.
   *
   * @return the number to ask by
   * @throws RunningConflict if none is open any more, or others of that process are tried now
   */
  public long retryAll(String groupId, int retries, int rate, Actor actor) {
    requireRetries(retries);
    CaseJobs.requireRate(rate);
    List<IncidentGroups.Stuck> group = incidents.of(groupId);
    if (group.isEmpty()) {
      throw new RunningConflict("None of these incidents is open any more");
    }
    IncidentGroups.Stuck first = group.getFirst();
    Long job =
        transactions.execute(
            status -> {
              long id =
                  jobs.begin(
                      new CaseJobs.Fresh(
                          CaseJob.RETRY,
                          first.processId(),
                          0,
                          first.version(),
                          0,
                          first.version(),
                          false,
                          Map.of(),
                          retries,
                          rate),
                      actor);
              jobs.plan(
                  id,
                  group.stream()
                      .map(
                          each ->
                              new CaseJobs.Row(
                                  each.processInstanceKey(),
                                  each.key(),
                                  each.elementId(),
                                  each.jobKey()))
                      .toList());
              return id;
            });
    long id = Objects.requireNonNull(job);
    audit.record(
        actor,
        "retry-incidents",
        "case job " + id,
        group.size() + " at " + first.elementId() + " of " + first.processId());
    return id;
  }

  /** Who did what about an incident, the latest first. */
  public List<Audit.Entry> history(long incidentKey) {
    return audit.of("incident " + incidentKey);
  }

  private IncidentGroups.Stuck open(long incidentKey) {
    return incidents
        .find(incidentKey)
        .orElseThrow(
            () -> new RunningConflict("Incident " + incidentKey + " is not open any more"));
  }

  private static void told(EngineCases.Answer answer, long incidentKey) {
    switch (answer.outcome()) {
      case DONE -> {}
      case GONE -> throw new RunningConflict("Incident " + incidentKey + " is not open any more");
      case AWAY ->
          throw new RunningConflict("The engine does not answer now: try again in a moment");
      default -> throw new RunningConflict("The engine refused: " + answer.said());
    }
  }

  private static void requireRetries(int retries) {
    if (retries < 1 || retries > RETRIES_MAX) {
      throw new IllegalArgumentException(
          "retries is " + retries + ", and can be 1 to " + RETRIES_MAX);
    }
  }
}
