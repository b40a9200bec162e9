package io.relance.designer.running;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Digests;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The open incidents, those of one cause at one element together. */
@Component
public class IncidentGroups {

  /** Incidents that are looked at; more of them are told as such. */
  public static final int LOOKED_AT = 20_000;

  /**
   * Incidents of one cause at one element.
   *
   * @param id to ask for it by
   * @param cause our word for it
   * @param message the engine's words about the oldest of them
   * @param missing variables that are missing by these words
   */
  public record Group(
      String id,
      String processId,
      String elementId,
      String element,
      String errorType,
      String cause,
      String message,
      List<String> missing,
      long incidents,
      Instant since) {}

  /**
   * An incident and whose case it is.
   *
   * @param jobKey of the job that failed; null if it is none
   * @param customer number of the payer; null if the process is about nobody
   */
  public record Stuck(
      long key,
      long processInstanceKey,
      long elementInstanceKey,
      @Nullable Long jobKey,
      String processId,
      int version,
      String elementId,
      String element,
      String errorType,
      String message,
      Instant at,
      @Nullable String customer,
      @Nullable String customerName,
      @Nullable String invoice) {

    public String cause() {
      return IncidentCause.of(errorType, message);
    }

    public List<String> missing() {
      return IncidentCause.missing(message);
    }

    String group() {
      String alike =
          String.join("|", processId, elementId, errorType, IncidentCause.alike(message));
      return Digests.sha256(alike).substring(0, 16);
    }
  }

  private final JdbcTemplate jdbc;
  private final ProcessModels models;

  IncidentGroups(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  /** The largest group first. */
  public List<Group> groups() {
    Map<String, List<Stuck>> groups = new LinkedHashMap<>();
    for (Stuck each : open("", List.of(), LOOKED_AT)) {
      groups.computeIfAbsent(each.group(), id -> new ArrayList<>()).add(each);
    }
    return groups.entrySet().stream()
        .map(e -> group(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(Group::incidents).reversed())
        .toList();
  }

  private static Group group(String id, List<Stuck> of) {
    Stuck oldest = of.getFirst();
    return new Group(
        id,
        oldest.processId(),
        oldest.elementId(),
        oldest.element(),
        oldest.errorType(),
        oldest.cause(),
        oldest.message(),
        oldest.missing(),
        of.size(),
        oldest.at());
  }

  /** The incidents of a group, the oldest first; empty if none is open any more. */
  public List<Stuck> of(String groupId) {
    return open("", List.of(), LOOKED_AT).stream()
        .filter(each -> each.group().equals(groupId))
        .toList();
  }

  /** An open incident. */
  public Optional<Stuck> find(long key) {
    return open(" AND n.incident_key = ?", List.of(key), 1).stream().findFirst();
  }

  private List<Stuck> open(String also, List<?> arguments, int max) {
    List<Object> all = new ArrayList<>(arguments);
    all.add(max);
    // an error that nobody caught stands at no element of the model: the task that threw it does
    return jdbc.query(
        """
        SELECT n.incident_key, n.process_instance_key, n.element_instance_key, n.job_key, n.bpmn_process_id,
          COALESCE(s.version, 0) AS version, COALESCE(s.process_key, 0) AS process_key,
          CASE WHEN n.element_id = 'NO_CATCH_EVENT_FOUND' THEN COALESCE((SELECT e.element_id FROM engine_element_event e
            WHERE e.process_instance_key = n.process_instance_key AND e.element_instance_key = n.element_instance_key
            ORDER BY e.position DESC LIMIT 1), n.element_id) ELSE n.element_id END AS element_id,
          n.error_type, n.message, n.created_at, p.number, p.name, i.number AS invoice
        FROM engine_incident n LEFT JOIN engine_instance s ON s.process_instance_key = n.process_instance_key
          LEFT JOIN process_subject u ON u.process_instance_key = n.process_instance_key
          LEFT JOIN payer p ON p.id = u.payer_id LEFT JOIN invoice i ON i.id = u.invoice_id
        WHERE n.state = 'open'%s ORDER BY n.created_at, n.incident_key LIMIT ?
        """
            .formatted(also),
        (rs, n) ->
            new Stuck(
                rs.getLong(1),
                rs.getLong(2),
                rs.getLong(3),
                Sql.number(rs, "job_key"),
                rs.getString("bpmn_process_id"),
                rs.getInt("version"),
                rs.getString("element_id"),
                models.nameOf(rs.getLong("process_key"), rs.getString("element_id")),
                rs.getString("error_type"),
                rs.getString("message"),
                Sql.requiredInstant(rs, "created_at"),
                rs.getString("number"),
                rs.getString("name"),
                rs.getString("invoice")),
        all.toArray());
  }
}
