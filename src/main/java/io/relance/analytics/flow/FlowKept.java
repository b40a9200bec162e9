package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Since when the events are whole, and from which day on days are counted anew. */
@Component
class FlowKept {

  /** Of instances that ended up to this moment the events may be deleted. */
  static final String PRUNED = "pruned";

  private static final String COUNTED_FROM = "counted-from";
  private static final LocalDate ALWAYS = LocalDate.EPOCH;

  private final JdbcTemplate jdbc;

  FlowKept(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Events after this moment are whole; null if nothing was ever deleted. */
  @Nullable Instant wholeAfter() {
    List<Timestamp> at =
        jdbc.queryForList(
            "SELECT reached_at FROM flow_progress WHERE stream = ? AND reached_at IS NOT NULL",
            Timestamp.class,
            PRUNED);
    return at.isEmpty() ? null : at.getFirst().toInstant();
  }

  /** The first day that can be counted anew, wherever the creditor's clock is; null for all. */
  @Nullable LocalDate firstWholeDay() {
    Instant at = wholeAfter();
    return at == null ? null : at.atZone(ZoneOffset.UTC).toLocalDate().plusDays(2);
  }

  /** The days before this one are kept as they were counted once. */
  LocalDate countedFrom() {
    List<Long> days =
        jdbc.queryForList(
            "SELECT position FROM flow_progress WHERE stream = ?", Long.class, COUNTED_FROM);
    return days.isEmpty() ? ALWAYS : LocalDate.ofEpochDay(days.getFirst());
  }

  /** From now on, days before the first whole one are left as they are. */
  LocalDate countFromFirstWholeDay() {
    LocalDate first = firstWholeDay();
    LocalDate from = first == null ? ALWAYS : first;
    jdbc.update(
        "INSERT INTO flow_progress (stream, position) VALUES (?,?) ON DUPLICATE KEY UPDATE position = VALUES(position)",
        COUNTED_FROM,
        from.toEpochDay());
    return from;
  }

  void prunedUpTo(long processInstanceKey, Instant endedAt) {
    jdbc.update(
        "INSERT INTO flow_progress (stream, position, reached_at) VALUES (?,?,?)"
            + " ON DUPLICATE KEY UPDATE position = VALUES(position), reached_at = VALUES(reached_at)",
        PRUNED,
        processInstanceKey,
        Sql.timestamp(endedAt));
  }

  long prunedKey() {
    List<Long> keys =
        jdbc.queryForList(
            "SELECT position FROM flow_progress WHERE stream = ?", Long.class, PRUNED);
    return keys.isEmpty() ? 0 : keys.getFirst();
  }
}
