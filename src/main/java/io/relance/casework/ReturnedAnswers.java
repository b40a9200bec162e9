package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers that were given outside of our pages and cannot be recorded as they are. They are kept
 * and told on the timeline, and whoever opens the task that comes again finds them filled in, with
 * what is wrong.
 */
@Component
public class ReturnedAnswers {

  private static final int VALUE_MAX = 1000;
  private static final int TOLD_MAX = 800;
  private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};

  /**
   * What came back.
   *
   * @param problem in words that begin with the field
   * @param fields of the form with what was put into them
   */
  public record Returned(
      String problem, Map<String, String> fields, String givenBy, Instant givenAt) {}

  private final JdbcTemplate jdbc;
  private final Timeline timeline;
  private final JsonMapper json;
  private final InstantSource clock;

  ReturnedAnswers(JdbcTemplate jdbc, Timeline timeline, JsonMapper json, InstantSource clock) {
    this.jdbc = jdbc;
    this.timeline = timeline;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Keeps an answer for whoever gets the process's next task; the one that was kept before is gone.
   *
   * @param given the fields of the form; what is null was not filled in
   * @param elementInstanceKey of the activity that could not record it; the same one is told once
   */
  public void keep(
      long processInstanceKey,
      long payerId,
      long elementInstanceKey,
      String problem,
      Map<String, ? extends @Nullable Object> given,
      Actor by) {
    Map<String, String> fields = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (value != null && !value.toString().isBlank()) {
            fields.put(name, Objects.requireNonNull(Sql.fit(value.toString(), VALUE_MAX)));
          }
        });
    jdbc.update(
        """
        INSERT INTO returned_answer (process_instance_key, payer_id, element_instance_key, problem, fields, given_by, given_at)
        VALUES (?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE element_instance_key = VALUES(element_instance_key),
          problem = VALUES(problem), fields = VALUES(fields), given_by = VALUES(given_by), given_at = VALUES(given_at)
        """,
        processInstanceKey,
        payerId,
        elementInstanceKey,
        Sql.fit(problem, 500),
        json.writeValueAsString(fields),
        by.name(),
        Sql.timestamp(clock.instant()));
    timeline.tell(
        payerId,
        null,
        "answer-returned",
        by,
        "An answer that was given outside of Relance could not be recorded: "
            + Sql.fit(problem, 500)
            + ". The task comes again to be corrected. It said: "
            + Sql.fit(
                fields.entrySet().stream()
                    .map(field -> field.getKey() + " " + field.getValue())
                    .collect(Collectors.joining(", ")),
                TOLD_MAX),
        "answer-returned-" + elementInstanceKey,
        null);
  }

  /** What the next task of that process is to correct. */
  public Optional<Returned> of(long processInstanceKey) {
    return jdbc
        .query(
            "SELECT problem, fields, given_by, given_at FROM returned_answer WHERE process_instance_key = ?",
            (rs, n) ->
                new Returned(
                    rs.getString(1),
                    json.readValue(rs.getString(2), FIELDS),
                    rs.getString(3),
                    Sql.requiredInstant(rs, "given_at")),
            processInstanceKey)
        .stream()
        .findFirst();
  }

  /** What nobody can correct any more, as its process has ended. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
  void forgetEnded() {
    jdbc.update(
        "DELETE FROM returned_answer WHERE process_instance_key IN"
            + " (SELECT process_instance_key FROM engine_instance WHERE state <> 'active')");
  }

  /** It was corrected. */
  public void forget(long processInstanceKey) {
    jdbc.update("DELETE FROM returned_answer WHERE process_instance_key = ?", processInstanceKey);
  }
}
