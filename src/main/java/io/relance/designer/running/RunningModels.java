package io.relance.designer.running;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The deployed versions of the models, and what is in them. */
@Component
public class RunningModels {

  /**
   * A version, and how many cases run on it.
   *
   * @param tag its designer's name of it
   */
  public record Version(
      long key,
      String processId,
      int version,
      @Nullable String tag,
      Instant deployedAt,
      long cases) {}

  private static final String VERSION =
      """
      SELECT p.process_key, p.bpmn_process_id, p.version, p.version_tag, p.deployed_at,
        (SELECT COUNT(*) FROM engine_instance i WHERE i.bpmn_process_id = p.bpmn_process_id AND i.state = 'active'
          AND i.version = p.version) AS cases
      FROM engine_process p
      """;

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final Map<Long, Map<String, Part>> read = new ConcurrentHashMap<>();

  RunningModels(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  /** All versions, by process and the newest first. */
  public List<Version> all() {
    return versions(VERSION + " ORDER BY p.bpmn_process_id, p.version DESC");
  }

  /** A process's versions, the newest first. */
  public List<Version> of(String processId) {
    return versions(VERSION + " WHERE p.bpmn_process_id = ? ORDER BY p.version DESC", processId);
  }

  /**
   * A version of a process.
   *
   * @throws IllegalArgumentException if it is not deployed
   */
  public Version version(String processId, int version) {
    List<Version> all = of(processId);
    return all.stream()
        .filter(v -> v.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    all.isEmpty()
                        ? "there is no process '" + processId + "'"
                        : processId
                            + " has no version "
                            + version
                            + ": it has "
                            + all.stream().map(v -> "" + v.version()).sorted().toList()));
  }

  private List<Version> versions(String sql, Object... arguments) {
    return jdbc.query(
        sql,
        (rs, n) ->
            new Version(
                rs.getLong(1),
                rs.getString(2),
                rs.getInt(3),
                rs.getString(4),
                Sql.requiredInstant(rs, "deployed_at"),
                rs.getLong("cases")),
        arguments);
  }

  /** The elements of a version; a deployed version never changes. */
  Map<String, Part> parts(long key) {
    return read.computeIfAbsent(key, this::readParts);
  }

  private Map<String, Part> readParts(long key) {
    String processId =
        jdbc.queryForObject(
            "SELECT bpmn_process_id FROM engine_process WHERE process_key = ?", String.class, key);
    Optional<String> xml = models.xml(key);
    return ModelParts.read(xml.orElseThrow(), String.valueOf(processId));
  }

  /** Every element to itself, but one. */
  Map<String, String> asItIsBut(long key, String elementId) {
    Map<String, String> mapping = new LinkedHashMap<>();
    parts(key).values().stream()
        .filter(Part::isMapped)
        .filter(part -> !part.id().equals(elementId))
        .forEach(part -> mapping.put(part.id(), part.id()));
    return mapping;
  }
}
