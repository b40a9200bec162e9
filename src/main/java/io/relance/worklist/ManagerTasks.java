package io.relance.worklist;

import io.relance.engine.ProcessModels;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What waits for a manager's decision. Counts all open tasks: for a look a day, not for each page.
 */
@Component
public class ManagerTasks {

  /**
   * A kind of decision.
   *
   * @param element its id in the model
   * @param name as the model calls it
   */
  public record Waiting(String element, String name, long open) {}

  private final JdbcTemplate jdbc;
  private final ProcessModels models;

  ManagerTasks(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  /** The kinds of which any waits, the most first. */
  public List<Waiting> waiting() {
    return jdbc.query(
        "SELECT element_id, MAX(process_key), COUNT(*) FROM engine_user_task WHERE state = 'created' AND candidate_groups LIKE '%managers%'"
            + " GROUP BY element_id ORDER BY COUNT(*) DESC, element_id",
        (rs, n) ->
            new Waiting(
                rs.getString(1), models.nameOf(rs.getLong(2), rs.getString(1)), rs.getLong(3)));
  }
}
