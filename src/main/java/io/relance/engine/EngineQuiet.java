package io.relance.engine;

import io.relance.kernel.AdjustableClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether the engine has nothing to do now, by what the read model shows: for moving the clock day
 * by day.
 */
@Component
public class EngineQuiet {

  /**
   * A first pause before a job is tried again ends sooner; those after it belong to another day.
   */
  private static final Duration SOON = Duration.ofSeconds(12);

  private final JdbcTemplate jdbc;
  private final WorkerRuntime workers;
  private final JobPauses pauses;
  private final EngineOutbox outbox;
  private final ReadModelHealth exporter;
  private final AdjustableClock clock;

  EngineQuiet(
      JdbcTemplate jdbc,
      WorkerRuntime workers,
      JobPauses pauses,
      EngineOutbox outbox,
      ReadModelHealth exporter,
      AdjustableClock clock) {
    this.exporter = exporter;
    this.jdbc = jdbc;
    this.workers = workers;
    this.pauses = pauses;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What is still under way, in words; empty when nothing is. */
  public String pending() {
    if (workers.running() > 0) {
      return "jobs are being handled";
    }
    if (outbox.waiting() > 0) {
      return "messages wait to be published";
    }
    if (jobsWait()) {
      return "jobs wait";
    }
    if (!exporter.isLevel()) {
      return "the read model follows";
    }
    Instant timer = nextTimer();
    return timer != null && !timer.isAfter(clock.instant()) ? "timers are due" : "";
  }

  /**
   * A job that is tried again in a moment is work of the day, too: what comes after it would be
   * told too late.
   */
  private boolean jobsWait() {
    List<Long> open =
        jdbc.queryForList(
            "SELECT job_key FROM engine_job WHERE state = 'open' LIMIT " + (pauses.count() + 1),
            Long.class);
    return !pauses.holdUntil(clock.instant().plus(SOON), open);
  }

  /** When the next timer is due; null if none runs. */
  public @Nullable Instant nextTimer() {
    List<Timestamp> due =
        jdbc.queryForList("SELECT MIN(due_at) FROM engine_timer", Timestamp.class);
    return due.isEmpty() || due.getFirst() == null ? null : due.getFirst().toInstant();
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
