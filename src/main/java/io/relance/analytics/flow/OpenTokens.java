package io.relance.analytics.flow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Where the cases of a version are now, a second or so behind the engine. */
@Component
public class OpenTokens {

  /**
   * Cases that are at the same elements.
   *
   * @param oldest the key of the case that began first
   */
  public record Alike(List<String> elementIds, long cases, long oldest) {}

  private final JdbcTemplate jdbc;

  OpenTokens(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** How many cases are at each element; what surrounds a step counts as well as the step. */
  public Map<String, Long> casesAt(long processKey) {
    Map<String, Long> cases = new LinkedHashMap<>();
    jdbc.query(
        """
        SELECT e.element_id, COUNT(DISTINCT o.process_instance_key) AS cases
        FROM flow_element e JOIN flow_open o ON o.element = e.id WHERE e.process_key = ?
        GROUP BY e.element_id ORDER BY cases DESC, e.element_id
        """,
        rs -> {
          cases.put(rs.getString(1), rs.getLong(2));
        },
        processKey);
    return cases;
  }

  /** The cases of a version by the elements that they are at, the most frequent first. */
  public List<Alike> alike(long processKey, int max) {
    Map<Integer, String> names = new HashMap<>();
    jdbc.query(
        "SELECT id, element_id FROM flow_element WHERE process_key = ?",
        rs -> {
          names.put(rs.getInt(1), rs.getString(2));
        },
        processKey);
    return jdbc.query(
        """
        SELECT places, COUNT(*) AS cases, MIN(process_instance_key) AS oldest FROM (
          SELECT o.process_instance_key, GROUP_CONCAT(DISTINCT o.element ORDER BY o.element) AS places
          FROM flow_element e JOIN flow_open o ON o.element = e.id WHERE e.process_key = ?
          GROUP BY o.process_instance_key) c
        GROUP BY places ORDER BY cases DESC, oldest LIMIT ?
        """,
        (rs, n) ->
            new Alike(
                Arrays.stream(rs.getString(1).split(","))
                    .map(id -> names.get(Integer.valueOf(id)))
                    .filter(Objects::nonNull)
                    .toList(),
                rs.getLong(2),
                rs.getLong(3)),
        processKey,
        max);
  }
}
