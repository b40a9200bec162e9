package io.relance.analytics.flow;

import io.relance.kernel.LockRetries;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** How far each stream is rolled up. */
@Component
class FlowProgress {

  /**
   * How far a step came.
   *
   * @param at when what was read last had happened
   * @param more whether there may be more to read
   */
  record Reached(long position, Instant at, boolean more) {}

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  FlowProgress(JdbcTemplate jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Steps on in a stream until there is no more. Each step is a transaction that has the stream to
   * itself: what it counts and how far it came are kept together, or not at all.
   *
   * @param step is given where to go on, and says how far it came; empty if there was nothing
   */
  void follow(String stream, LongFunction<Optional<Reached>> step) {
    boolean more = true;
    while (more) {
      more =
          LockRetries.retrying(
              () -> Boolean.TRUE.equals(transactions.execute(status -> stepLocked(stream, step))));
    }
  }

  private boolean stepLocked(String stream, LongFunction<Optional<Reached>> step) {
    jdbc.update("INSERT IGNORE INTO flow_progress (stream, position) VALUES (?, 0)", stream);
    long position =
        Objects.requireNonNull(
            jdbc.queryForObject(
                "SELECT position FROM flow_progress WHERE stream = ? FOR UPDATE",
                Long.class,
                stream));
    Optional<Reached> reached = step.apply(position);
    reached.ifPresent(
        to ->
            jdbc.update(
                "UPDATE flow_progress SET position = ?, reached_at = ? WHERE stream = ?",
                to.position(),
                Sql.timestamp(to.at()),
                stream));
    return reached.map(Reached::more).orElse(false);
  }

  /**
   * Up to when all is counted: where the partition has come that is furthest behind, of those that
   * have more; of none, when the last event had happened. Null before the first one.
   */
  @Nullable Instant reachedAt() {
    Timestamp behind =
        jdbc.queryForObject(
            "SELECT MIN(p.reached_at) FROM flow_progress p WHERE p.stream LIKE 'events-%' AND EXISTS (SELECT 1 FROM"
                + " engine_element_event e WHERE e.partition_id = CAST(SUBSTRING(p.stream, 8) AS UNSIGNED) AND e.position > p.position)",
            Timestamp.class);
    Timestamp at =
        behind != null
            ? behind
            : jdbc.queryForObject(
                "SELECT MAX(reached_at) FROM flow_progress WHERE stream LIKE 'events-%'",
                Timestamp.class);
    return at == null ? null : at.toInstant();
  }
}
