package io.relance.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Where a process instance is and where it was, by its element events. */
@Component
public class ElementTrail {

  /** Element ids of one instance, and the names of those where it is now. */
  public record Trail(
      long processKey, List<String> visited, List<String> active, List<String> activeNames) {}

  private static final Set<String> ENDS = Set.of("completed", "terminated");

  /** A step by its last event: who was moved to another version goes on under another id. */
  private record Seen(String elementId, boolean active) {}

  private final JdbcTemplate jdbc;
  private final ProcessModels models;

  ElementTrail(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  public Optional<Trail> of(long processInstanceKey) {
    List<Long> process =
        jdbc.queryForList(
            "SELECT process_key FROM engine_instance WHERE process_instance_key = ?",
            Long.class,
            processInstanceKey);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    List<Seen> seen =
        jdbc.query(
            """
            SELECT e.element_id, e.intent FROM engine_element_event e
            JOIN (SELECT MAX(position) AS position FROM engine_element_event
              WHERE process_instance_key = ? AND element_type <> 'PROCESS' GROUP BY element_instance_key) last
              ON last.position = e.position
            WHERE e.process_instance_key = ? ORDER BY e.position
            """,
            (rs, n) -> new Seen(rs.getString(1), !ENDS.contains(rs.getString("intent"))),
            processInstanceKey,
            processInstanceKey);
    Set<String> visited = new LinkedHashSet<>();
    Set<String> active = new LinkedHashSet<>();
    seen.forEach(s -> (s.active() ? active : visited).add(s.elementId()));
    visited.removeAll(active);
    long key = process.getFirst();
    return Optional.of(
        new Trail(
            key,
            new ArrayList<>(visited),
            new ArrayList<>(active),
            active.stream().map(id -> models.nameOf(key, id)).toList()));
  }
}
