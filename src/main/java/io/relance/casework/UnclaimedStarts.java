package io.relance.casework;

import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Finds what was announced to the engine and taken by no process: the word was lost on its way, and
 * is to be said again.
 */
@Component
public class UnclaimedStarts {

  private static final Logger log = LoggerFactory.getLogger(UnclaimedStarts.class);
  private static final Duration AFTER = Duration.ofMinutes(2);
  private static final int BATCH = 500;

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  UnclaimedStarts(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Ids of rows to announce again, noted as announced now. To be called in the transaction that
   * does.
   *
   * @param table with the columns {@code process_instance_key} and {@code announced_at}
   * @param runs the condition under which a row wants a process
   */
  public List<Long> of(String table, String runs) {
    Instant now = clock.instant();
    List<Long> ids =
        jdbc.queryForList(
            "SELECT id FROM %s WHERE %s AND process_instance_key IS NULL AND (announced_at IS NULL OR announced_at < ?) ORDER BY id LIMIT %d"
                .formatted(table, runs, BATCH),
            Long.class,
            Sql.timestamp(now.minus(AFTER)));
    Sql.updateAll(
        jdbc, "UPDATE " + table + " SET announced_at = ?", List.of(Sql.timestamp(now)), ids);
    if (!ids.isEmpty()) {
      log.info("Telling the engine again of {} rows of {}", ids.size(), table);
    }
    return ids;
  }
}
