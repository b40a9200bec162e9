package io.relance.designer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many cases stand at the elements of a process now, in all of its versions. */
@Component
class WaitingCases {

  private final JdbcTemplate jdbc;

  WaitingCases(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** By element id. */
  Map<String, Integer> of(String processId) {
    Map<String, Integer> waiting = new LinkedHashMap<>();
    jdbc.query(
        """
        SELECT e.element_id, COUNT(DISTINCT o.process_instance_key) AS cases
        FROM engine_process p
        JOIN flow_element e ON e.process_key = p.process_key
        JOIN flow_open o ON o.element = e.id
        WHERE p.bpmn_process_id = ? GROUP BY e.element_id
        """,
        rs -> {
          waiting.put(rs.getString(1), rs.getInt(2));
        },
        processId);
    return waiting;
  }
}
