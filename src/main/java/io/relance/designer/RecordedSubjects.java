package io.relance.designer;

import io.relance.engine.DecisionSubjects;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a decision was given when the engine asked it lately, each running case once: for decisions
 * whose facts nobody reads anew. Columns that compute something cannot be given back, nor those
 * that the decision did not have then.
 */
@Component
class RecordedSubjects {

  /** How many of the newest questions are looked at. */
  static final int NEWEST = 5_000;

  private static final Pattern PATH = Pattern.compile("[a-zA-Z_]\\w*(\\.[a-zA-Z_]\\w*)*");

  private record Asked(long instance, long decisionKey, String detail) {}

  private final JdbcTemplate jdbc;
  private final JsonMapper json;

  RecordedSubjects(JdbcTemplate jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Newest first. */
  List<DecisionSubjects.Subject> of(String decisionId) {
    Map<Long, Asked> newest = new LinkedHashMap<>();
    jdbc.query(
        """
        SELECT e.process_instance_key, e.decision_key, e.detail FROM engine_decision_event e
        JOIN engine_instance i ON i.process_instance_key = e.process_instance_key AND i.ended_at IS NULL
        WHERE e.decision_id = ? ORDER BY e.position DESC LIMIT\s"""
            + NEWEST,
        rs -> {
          newest.putIfAbsent(
              rs.getLong(1), new Asked(rs.getLong(1), rs.getLong(2), rs.getString(3)));
        },
        decisionId);
    Map<Long, Map<String, String>> expressions = new HashMap<>();
    return newest.values().stream()
        .map(
            asked ->
                subject(
                    asked, expressions.computeIfAbsent(asked.decisionKey(), this::expressionsOf)))
        .toList();
  }

  private DecisionSubjects.Subject subject(Asked asked, Map<String, String> expressions) {
    Map<String, Object> variables = new HashMap<>();
    for (JsonNode decision : json.readTree(asked.detail()).path("evaluatedDecisions")) {
      for (JsonNode input : decision.path("evaluatedInputs")) {
        String path = expressions.get(input.path("inputId").asString(""));
        if (path != null && PATH.matcher(path).matches()) {
          put(variables, path, json.readTree(input.path("inputValue").asString("null")));
        }
      }
    }
    return new DecisionSubjects.Subject("", "", String.valueOf(asked.instance()), variables);
  }

  @SuppressWarnings("unchecked")
  private void put(Map<String, Object> variables, String path, JsonNode value) {
    String[] names = path.split("\\.", -1);
    Map<String, Object> at = variables;
    for (int i = 0; i < names.length - 1; i++) {
      Object inner = at.computeIfAbsent(names[i], n -> new HashMap<String, Object>());
      if (!(inner instanceof Map)) {
        return;
      }
      at = (Map<String, Object>) inner;
    }
    Object plain = json.convertValue(value, Object.class);
    if (plain != null) {
      at.put(names[names.length - 1], plain);
    }
  }

  /** The expressions of a deployed decision's columns, by the columns' ids. */
  private Map<String, String> expressionsOf(long decisionKey) {
    Optional<String> xml =
        jdbc
            .queryForList(
                "SELECT f.xml FROM engine_decision d JOIN engine_decision_file f ON f.file_key = d.file_key WHERE d.decision_key = ?",
                String.class,
                decisionKey)
            .stream()
            .findFirst();
    return xml.map(RecordedSubjects::expressions).orElse(Map.of());
  }

  private static Map<String, String> expressions(String xml) {
    Map<String, String> found = new HashMap<>();
    Deque<String> open = new ArrayDeque<>();
    @Nullable String input = null;
    try {
      XMLStreamReader reader =
          ModelReader.factory()
              .createXMLStreamReader(
                  new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          open.push(reader.getLocalName());
          input =
              reader.getLocalName().equals("input") ? reader.getAttributeValue(null, "id") : input;
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          open.pop();
        } else if (event == XMLStreamConstants.CHARACTERS
            && input != null
            && !reader.isWhiteSpace()
            && "text".equals(open.peek())
            && open.contains("inputExpression")) {
          found.merge(input, reader.getText().strip(), String::concat);
        }
      }
    } catch (XMLStreamException unreadable) {
      throw new IllegalStateException("a deployed decision cannot be read", unreadable);
    }
    return found;
  }
}
