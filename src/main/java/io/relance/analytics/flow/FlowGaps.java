package io.relance.analytics.flow;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where the engine's events are not whole, so that figures say so. */
@Component
public class FlowGaps {

  /**
   * A place where events are missing, or came again.
   *
   * @param missing events that never came; figures from then on may be too low
   * @param late events that came after all, too late to be counted; counting anew counts them
   * @param repeated events that came again, and were counted once: no figure is wrong because of
   *     them
   * @param after the number of the last event before them; with the partition, what it is known by
   * @param from when the last event before them happened; null if there was none
   * @param until when the first event after them happened
   * @param seenBy who has seen it, so that nobody needs to be warned any more; null while nobody
   *     has
   */
  public record Gap(
      int partition,
      long after,
      long missing,
      long late,
      long repeated,
      @Nullable Instant from,
      Instant until,
      Instant noticedAt,
      @Nullable String seenBy,
      @Nullable Instant seenAt) {

    /** Whether figures are wrong because of it. */
    public boolean isLoss() {
      return missing > 0;
    }
  }

  /** Stands for the events that came again. */
  private static final long REPEATED = -1;

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final Audit audit;

  FlowGaps(JdbcTemplate jdbc, InstantSource clock, Audit audit) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.audit = audit;
  }

  /** Those that are known, the newest first. */
  public List<Gap> all(int max) {
    return jdbc.query(
        "SELECT partition_id, after_serial, missing, late, repeated, from_at, until_at, noticed_at, seen_by, seen_at FROM flow_gap"
            + " ORDER BY until_at DESC, partition_id LIMIT ?",
        (rs, n) ->
            new Gap(
                rs.getInt(1),
                rs.getLong(2),
                rs.getLong(3),
                rs.getLong(4),
                rs.getLong(5),
                Sql.instant(rs, "from_at"),
                Sql.requiredInstant(rs, "until_at"),
                Sql.requiredInstant(rs, "noticed_at"),
                rs.getString("seen_by"),
                Sql.instant(rs, "seen_at")),
        max);
  }

  /**
   * Somebody knows that events are missing. It is told without a warning from now on, until more is
   * known of it: some of them come after all, or it is noticed anew when all is counted anew.
   *
   * @return whether there is such a loss; the first who saw it stays the one who did
   */
  @Transactional
  public boolean see(int partition, long after, String by) {
    int changed =
        jdbc.update(
            "UPDATE flow_gap SET seen_by = ?, seen_at = ? WHERE partition_id = ? AND after_serial = ? AND missing > 0"
                + " AND seen_by IS NULL",
            by,
            Sql.timestamp(clock.instant()),
            partition,
            after);
    if (changed > 0) {
      audit.record(
          Actor.user(by), "see-missing-events", "partition " + partition, "after " + after);
      return true;
    }
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "SELECT COUNT(*) > 0 FROM flow_gap WHERE partition_id = ? AND after_serial = ? AND missing > 0",
            Boolean.class,
            partition,
            after));
  }

  /** The number of the last event of a stream that was counted; null while none had one. */
  @Nullable Long serialOf(String stream) {
    return jdbc.queryForObject(
        "SELECT serial FROM flow_progress WHERE stream = ?", Long.class, stream);
  }

  @Nullable Instant reachedAt(String stream) {
    Timestamp at =
        jdbc.queryForObject(
            "SELECT reached_at FROM flow_progress WHERE stream = ?", Timestamp.class, stream);
    return at == null ? null : at.toInstant();
  }

  void keep(String stream, int partition, FlowSequence.Checked checked) {
    for (FlowSequence.Hole hole : checked.holes()) {
      jdbc.update(
          "INSERT INTO flow_gap (partition_id, after_serial, missing, repeated, late, from_at, until_at, noticed_at)"
              + " VALUES (?,?,?,0,0,?,?,?) ON DUPLICATE KEY UPDATE"
              + " seen_by = IF(missing = VALUES(missing), seen_by, NULL), seen_at = IF(missing = VALUES(missing), seen_at, NULL),"
              + " missing = VALUES(missing)",
          partition,
          hole.afterSerial(),
          hole.missing(),
          Sql.timestampOrNull(hole.from()),
          Sql.timestamp(hole.until()),
          Sql.timestamp(clock.instant()));
    }
    checked.passed().forEach(event -> passed(partition, event));
    jdbc.update("UPDATE flow_progress SET serial = ? WHERE stream = ?", checked.serial(), stream);
  }

  /** Either it was missing until now, or it was counted before. */
  private void passed(int partition, FlowSequence.Passed event) {
    int late =
        jdbc.update(
            "UPDATE flow_gap SET late = LEAST(missing, late + 1), seen_by = NULL, seen_at = NULL WHERE partition_id = ? AND after_serial < ?"
                + " AND after_serial + missing >= ? AND missing > 0",
            partition,
            event.serial(),
            event.serial());
    if (late == 0) {
      // one row for all of them: a whole log may come again
      jdbc.update(
          "INSERT INTO flow_gap (partition_id, after_serial, missing, repeated, late, from_at, until_at, noticed_at)"
              + " VALUES (?,?,0,1,0,?,?,?) ON DUPLICATE KEY UPDATE repeated = repeated + 1,"
              + " until_at = GREATEST(until_at, VALUES(until_at)), noticed_at = VALUES(noticed_at)",
          partition,
          REPEATED,
          Sql.timestamp(event.at()),
          Sql.timestamp(event.at()),
          Sql.timestamp(clock.instant()));
    }
  }
}
