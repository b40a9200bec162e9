package io.relance.engine;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the engine could not do by itself and waits for a person with. */
@Component
public class Incidents {

  /** An incident, with the name of the element that it stands at. */
  public record Incident(
      long key,
      long processInstanceKey,
      @Nullable Long jobKey,
      String process,
      String elementId,
      String element,
      String errorType,
      String message,
      Instant createdAt) {}

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final EngineTasks commands;

  Incidents(JdbcTemplate jdbc, ProcessModels models, EngineTasks commands) {
    this.jdbc = jdbc;
    this.models = models;
    this.commands = commands;
  }

  public List<Incident> open(int limit) {
    return query("i.state = 'open' ORDER BY i.created_at LIMIT " + limit);
  }

  public long openCount() {
    Long count =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM engine_incident WHERE state = 'open'", Long.class);
    return count == null ? 0 : count;
  }

  public Optional<Incident> find(long key) {
    return query("i.incident_key = " + key).stream().findFirst();
  }

  /** Lets the engine try again with fresh retries. */
  public EngineTasks.Outcome retry(long key) {
    Incident incident = find(key).orElse(null);
    if (incident == null) {
      return EngineTasks.Outcome.GONE;
    }
    return commands.retryIncident(key, incident.jobKey() == null ? 0 : incident.jobKey());
  }

  private List<Incident> query(String where) {
    return jdbc.query(
        """
        SELECT i.incident_key, i.process_instance_key, i.job_key, i.bpmn_process_id, i.element_id, i.error_type, i.message, i.created_at,
          COALESCE(e.process_key, 0) AS process_key
        FROM engine_incident i LEFT JOIN engine_instance e ON e.process_instance_key = i.process_instance_key WHERE
        """
            + where,
        (rs, n) ->
            new Incident(
                rs.getLong(1),
                rs.getLong(2),
                Sql.number(rs, "job_key"),
                rs.getString(4),
                rs.getString(5),
                models.nameOf(rs.getLong("process_key"), rs.getString(5)),
                rs.getString(6),
                rs.getString(7),
                Sql.requiredInstant(rs, "created_at")));
  }
}
