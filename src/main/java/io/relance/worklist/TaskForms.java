package io.relance.worklist;

import io.relance.casework.AnswerCheck;
import io.relance.casework.ReturnedAnswers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of a task as it was deployed with its process, the facts it shows, and whether a
 * submission fills it.
 */
@Component
public class TaskForms {

  /** A form and what it is filled with at first. */
  public record Form(String schema, Map<String, Object> data) {}

  private static final Pattern COMPARISON =
      Pattern.compile("\\s*(\\w+)\\s*(!?=)\\s*\"([^\"]*)\"\\s*");

  private final JdbcTemplate jdbc;
  private final JsonMapper json;
  private final TaskFacts facts;
  private final List<AnswerCheck> checks;
  private final CallScripts scripts;
  private final ReturnedAnswers returned;
  private final InstantSource clock;

  TaskForms(
      JdbcTemplate jdbc,
      JsonMapper json,
      TaskFacts facts,
      List<AnswerCheck> checks,
      CallScripts scripts,
      ReturnedAnswers returned,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.facts = facts;
    this.checks = checks;
    this.scripts = scripts;
    this.returned = returned;
    this.clock = clock;
  }

  public Optional<Form> of(long taskKey, Locale locale) {
    return schemaOf(taskKey)
        .map(
            schema -> {
              String shown = translated(taskKey, locale).orElse(schema);
              return new Form(shown, filledIn(taskKey, shown, locale));
            });
  }

  /** The facts, what an agent says, and an answer that came back to be corrected. */
  private Map<String, Object> filledIn(long taskKey, String schema, Locale locale) {
    Map<String, Object> data = new LinkedHashMap<>(facts.of(taskKey, locale));
    if (CallScripts.isShownBy(schema)) {
      data.putAll(scripts.of(taskKey, CallScripts.Names.of(data), locale));
    }
    returned(taskKey)
        .ifPresent(
            answer -> {
              data.putAll(answer.fields());
              data.put("returnedBecause", answer.problem());
            });
    return data;
  }

  /** What was answered outside of our pages and is to be corrected with this task. */
  public Optional<ReturnedAnswers.Returned> returned(long taskKey) {
    return jdbc
        .queryForList(
            "SELECT process_instance_key FROM engine_user_task WHERE user_task_key = ? AND state = 'created'",
            Long.class,
            taskKey)
        .stream()
        .findFirst()
        .flatMap(returned::of);
  }

  /**
   * The same form in the reader's language, deployed as its id and the language, such as {@code
   * payer-call-fr}; only beside the newest version, because an older one may ask for other things.
   */
  private Optional<String> translated(long taskKey, Locale locale) {
    return jdbc
        .queryForList(
            """
            SELECT l.resource FROM engine_user_task t JOIN engine_form f ON f.form_key = t.form_key
            JOIN engine_form l ON l.form_id = CONCAT(f.form_id, '-', ?)
            WHERE t.user_task_key = ? AND NOT EXISTS
              (SELECT 1 FROM engine_form newer WHERE newer.form_id = f.form_id AND newer.version > f.version)
            ORDER BY l.version DESC LIMIT 1
            """,
            String.class,
            locale.getLanguage(),
            taskKey)
        .stream()
        .findFirst();
  }

  private Optional<String> schemaOf(long taskKey) {
    return jdbc
        .queryForList(
            "SELECT f.resource FROM engine_user_task t JOIN engine_form f ON f.form_key = t.form_key WHERE t.user_task_key = ?",
            String.class,
            taskKey)
        .stream()
        .findFirst();
  }

  /**
   * What is wrong with a submission: required fields that are empty, choices that the form does not
   * offer, texts too long, dates that are none, lie more than a year away, or are past where the
   * form takes none of the past; and what whoever records the answer would not take.
   */
  List<String> problems(long taskKey, Map<String, Object> variables) {
    List<String> problems = new ArrayList<>();
    schemaOf(taskKey)
        .ifPresent(
            schema -> {
              Map<String, Object> known = facts.of(taskKey, Locale.ENGLISH);
              try {
                for (JsonNode field : json.readTree(schema).path("components")) {
                  problem(field, variables, known, problems);
                }
              } catch (JacksonException broken) {
                problems.add(
                    "form cannot be read, so that nobody knows what it asks; tell the designer of the model");
              }
            });
    return problems.isEmpty() ? problemsOfAnswer(taskKey, variables) : problems;
  }

  private record Subject(String elementId, long payerId) {}

  /** What whoever records the answer would not take of it. */
  private List<String> problemsOfAnswer(long taskKey, Map<String, Object> variables) {
    return jdbc
        .query(
            "SELECT t.element_id, s.payer_id FROM engine_user_task t JOIN process_subject s"
                + " ON s.process_instance_key = t.process_instance_key WHERE t.user_task_key = ?",
            (rs, n) -> new Subject(rs.getString(1), rs.getLong(2)),
            taskKey)
        .stream()
        .flatMap(
            subject ->
                checks.stream()
                    .filter(check -> check.isFor(subject.elementId()))
                    .flatMap(check -> check.problems(subject.payerId(), variables).stream()))
        .toList();
  }

  private void problem(
      JsonNode field,
      Map<String, Object> variables,
      Map<String, Object> known,
      List<String> problems) {
    String key = field.path("key").asString("");
    if (key.isEmpty()) {
      return;
    }
    Object value = variables.get(key);
    String text = value == null ? "" : value.toString();
    if (text.isBlank()) {
      if (field.path("validate").path("required").asBoolean(false) && isShown(field, variables)) {
        problems.add(key + " is missing");
      }
      return;
    }
    if (field.path("type").asString("").equals("datetime")) {
      dateProblem(key, text, field.path("disallowPassedDates").asBoolean(false), problems);
    }
    int lengthMax = field.path("validate").path("maxLength").asInt(Integer.MAX_VALUE);
    if (text.length() > lengthMax) {
      problems.add(key + " has more than " + lengthMax + " characters");
    }
    String pattern = field.path("validate").path("pattern").asString("");
    if (!pattern.isEmpty() && !text.matches(pattern)) {
      problems.add(key + " is '" + shown(text) + "', which the form does not take");
    }
    Set<String> offered = offered(field, known);
    if (!offered.isEmpty() && !offered.contains(text)) {
      problems.add(key + " is '" + shown(text) + "', which the form does not offer");
    }
  }

  /** A form lists its choices, or names a list among the facts. */
  private static Set<String> offered(JsonNode field, Map<String, Object> known) {
    Set<String> offered = new HashSet<>();
    field.path("values").forEach(v -> offered.add(v.path("value").asString("")));
    if (known.get(field.path("valuesKey").asString("")) instanceof List<?> choices) {
      for (Object choice : choices) {
        if (choice instanceof TaskFacts.Choice given) {
          offered.add(given.value());
        }
      }
    }
    return offered;
  }

  /**
   * Forms hide a field by another one's value, or by one of several; any other condition cannot be
   * judged here.
   */
  private static boolean isShown(JsonNode field, Map<String, Object> variables) {
    String hide = field.path("conditional").path("hide").asString("");
    if (hide.isEmpty()) {
      return true;
    }
    for (String alternative : hide.replaceFirst("^=", "").split(" or ")) {
      Matcher comparison = COMPARISON.matcher(alternative);
      if (!comparison.matches()) {
        return false;
      }
      Object other = variables.get(comparison.group(1));
      boolean equal = comparison.group(3).equals(other == null ? "" : other.toString());
      if (comparison.group(2).equals("=") == equal) {
        return false;
      }
    }
    return true;
  }

  private void dateProblem(String key, String text, boolean onlyAhead, List<String> problems) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      LocalDate date = LocalDate.parse(text.substring(0, Math.min(10, text.length())));
      // a day of grace: it may be yesterday still, or tomorrow already, where the agent sits
      if (date.isBefore(onlyAhead ? today.minusDays(1) : today.minusYears(1))) {
        problems.add(key + " is in the past: " + date);
      } else if (date.isAfter(today.plusYears(1))) {
        problems.add(key + " is more than a year ahead: " + date);
      }
    } catch (DateTimeParseException unreadable) {
      problems.add(key + " is not a date of the form 2026-12-31: '" + shown(text) + "'");
    }
  }

  private static @Nullable String shown(String text) {
    return io.relance.kernel.Sql.fit(text, 40);
  }
}
