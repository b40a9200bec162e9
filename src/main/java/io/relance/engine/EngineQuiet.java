package io.relance.engine;

import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether the engine has nothing to do now, by what the read model shows: for moving the clock day
 * by day.
 */
@Component
public class EngineQuiet {

  private final JdbcTemplate jdbc;
  private final WorkerRuntime workers;
  private final EngineOutbox outbox;
  private final AdjustableClock clock;

  EngineQuiet(
      JdbcTemplate jdbc, WorkerRuntime workers, EngineOutbox outbox, AdjustableClock clock) {
    this.jdbc = jdbc;
    this.workers = workers;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * What is still under way, in words; empty when nothing is.
   *
   * @param ahead timers due within this time count as under way
   */
  public String pending(Duration ahead) {
    if (workers.running() > 0) {
      return "jobs are being handled";
    }
    if (outbox.waiting() > 0) {
      return "messages wait to be published";
    }
    if (count("SELECT COUNT(*) FROM engine_job WHERE state = 'open'") > 0) {
      return "jobs wait";
    }
    if (count(
            "SELECT COUNT(*) FROM engine_timer WHERE due_at <= ?",
            Sql.timestamp(clock.instant().plus(ahead)))
        > 0) {
      return "timers are due";
    }
    return "";
  }

  /** A number that changes whenever the read model does. */
  public long position() {
    return count("SELECT COALESCE(SUM(position), 0) FROM engine_position");
  }

  private long count(String sql, Object... arguments) {
    Long count = jdbc.queryForObject(sql, Long.class, arguments);
    return count == null ? 0 : count;
  }
}
