package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How far each stream is rolled up. */
@Component
class FlowProgress {

  private final JdbcTemplate jdbc;

  FlowProgress(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Where to go on; to be called in a transaction, which has the stream to itself from here on. */
  long lock(String stream) {
    jdbc.update("INSERT IGNORE INTO flow_progress (stream, position) VALUES (?, 0)", stream);
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "SELECT position FROM flow_progress WHERE stream = ? FOR UPDATE", Long.class, stream));
  }

  void reach(String stream, long position, Instant at) {
    jdbc.update(
        "UPDATE flow_progress SET position = ?, reached_at = ? WHERE stream = ?",
        position,
        Sql.timestamp(at),
        stream);
  }

  /** When the event had happened that was rolled up last; null before the first one. */
  @Nullable Instant reachedAt() {
    Timestamp at =
        jdbc.queryForObject(
            "SELECT MAX(reached_at) FROM flow_progress WHERE stream LIKE 'events-%'",
            Timestamp.class);
    return at == null ? null : at.toInstant();
  }
}
