package io.relance.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The decisions that a process instance made, each with what it was given and the rows that fired:
 * why it did what it did.
 */
@Component
public class DecisionTrail {

  private static final int MAX = 50;

  /** What the decision was given in one of its columns; values are written in JSON. */
  public record Input(String name, String value) {}

  /**
   * A row that fired.
   *
   * @param number of the row in its table, from 1
   * @param words the row's description, empty where it has none
   * @param outputs by column
   */
  public record Row(String decision, int number, String words, List<Input> outputs) {}

  /**
   * @param output what the decision said, in JSON
   * @param failure empty if it could be made
   */
  public record Made(
      Instant at,
      String decision,
      int version,
      List<Input> inputs,
      List<Row> rows,
      String output,
      String failure) {}

  private record Stored(Instant at, long decisionKey, JsonNode detail) {}

  private final JdbcTemplate jdbc;
  private final Decisions decisions;
  private final JsonMapper json;

  DecisionTrail(JdbcTemplate jdbc, Decisions decisions, JsonMapper json) {
    this.jdbc = jdbc;
    this.decisions = decisions;
    this.json = json;
  }

  /** Newest first, fifty at the most. */
  public List<Made> of(long processInstanceKey) {
    return jdbc
        .query(
            "SELECT at, decision_key, detail FROM engine_decision_event WHERE process_instance_key = ?"
                + " ORDER BY position DESC LIMIT "
                + MAX,
            (rs, n) ->
                new Stored(
                    rs.getTimestamp(1).toInstant(), rs.getLong(2), json.readTree(rs.getString(3))),
            processInstanceKey)
        .stream()
        .map(this::made)
        .toList();
  }

  private Made made(Stored stored) {
    JsonNode detail = stored.detail();
    Map<String, String> words = decisions.wordsOf(stored.decisionKey());
    List<Input> inputs = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (JsonNode decision : detail.path("evaluatedDecisions")) {
      for (JsonNode input : decision.path("evaluatedInputs")) {
        inputs.add(
            new Input(input.path("inputName").asString(""), input.path("inputValue").asString("")));
      }
      for (JsonNode rule : decision.path("matchedRules")) {
        List<Input> outputs = new ArrayList<>();
        for (JsonNode output : rule.path("evaluatedOutputs")) {
          outputs.add(
              new Input(
                  output.path("outputName").asString(""), output.path("outputValue").asString("")));
        }
        rows.add(
            new Row(
                decision.path("decisionName").asString(""),
                rule.path("ruleIndex").asInt(0),
                words.getOrDefault(rule.path("ruleId").asString(""), ""),
                outputs));
      }
    }
    return new Made(
        stored.at(),
        detail.path("decisionName").asString(detail.path("decisionId").asString("")),
        detail.path("decisionVersion").asInt(0),
        inputs,
        rows,
        detail.path("decisionOutput").asString(""),
        detail.path("evaluationFailureMessage").asString(""));
  }
}
