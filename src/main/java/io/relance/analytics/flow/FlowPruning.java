package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the events of process instances that ended long ago: what was counted of them stays, and
 * so does the way that each of them went.
 */
@Component
class FlowPruning {

  private static final List<String> EVENTS =
      List.of("engine_element_event", "engine_decision_event");
  private static final int BATCH = 100;

  /** Money that comes in looks for the steps of a month. */
  private static final Duration KEPT_MIN = Duration.ofDays(60);

  private record Ended(long processInstanceKey, Instant at) {}

  private record Counted(String stream, long position, Optional<Instant> at) {}

  private final JdbcTemplate jdbc;
  private final FlowKept kept;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final Duration keep;

  /**
   * @param keep how long events are kept after their instance has ended
   * @throws IllegalArgumentException if that is less than sixty days
   */
  FlowPruning(
      JdbcTemplate jdbc,
      FlowKept kept,
      TransactionTemplate transactions,
      InstantSource clock,
      @Value("${relance.analytics.keep-events:400d}") Duration keep) {
    if (keep.compareTo(KEPT_MIN) < 0) {
      throw new IllegalArgumentException(
          "relance.analytics.keep-events is "
              + keep.toDays()
              + " days; what came in after a step is counted from events, so it must be 60 days or more");
    }
    this.jdbc = jdbc;
    this.kept = kept;
    this.transactions = transactions;
    this.clock = clock;
    this.keep = keep;
  }

  @Scheduled(
      fixedDelayString = "${relance.analytics.prune-interval:1m}",
      initialDelayString = "20s")
  void prune() {
    while (Boolean.TRUE.equals(transactions.execute(status -> pruneSome()))) {
      // as long as there is more
    }
  }

  private boolean pruneSome() {
    if (isBehind()) {
      return false;
    }
    List<Ended> ended = ended(clock.instant().minus(keep));
    if (ended.isEmpty()) {
      return false;
    }
    List<Object> keys =
        ended.stream().map(Ended::processInstanceKey).map(Object.class::cast).toList();
    for (String table : EVENTS) {
      jdbc.update(
          "DELETE FROM "
              + table
              + " WHERE process_instance_key IN ("
              + Sql.marks(keys.size())
              + ")",
          keys.toArray());
    }
    Ended last = ended.getLast();
    kept.prunedUpTo(last.processInstanceKey(), last.at());
    return ended.size() == BATCH;
  }

  /**
   * Events are not deleted before they are counted; who counts anew waits for this, too. A stream
   * of which all is counted holds nothing up, however long ago its last event was.
   */
  private boolean isBehind() {
    Instant old = clock.instant().minus(keep).plus(Duration.ofDays(2));
    return jdbc
        .query(
            "SELECT stream, position, reached_at FROM flow_progress WHERE stream LIKE '"
                + FlowRollUp.EVENTS
                + "%' FOR UPDATE",
            (rs, n) ->
                new Counted(
                    rs.getString(1),
                    rs.getLong(2),
                    Optional.ofNullable(Sql.instant(rs, "reached_at"))))
        .stream()
        .filter(counted -> counted.at().isEmpty() || counted.at().get().isBefore(old))
        .anyMatch(this::hasMore);
  }

  private boolean hasMore(Counted counted) {
    return !jdbc.queryForList(
            "SELECT position FROM engine_element_event WHERE partition_id = ? AND position > ? ORDER BY position LIMIT 1",
            Long.class,
            FlowRollUp.partitionOf(counted.stream()),
            counted.position())
        .isEmpty();
  }

  private List<Ended> ended(Instant before) {
    Instant after = kept.wholeAfter();
    Timestamp from = Sql.timestamp(after == null ? Instant.EPOCH.plusSeconds(1) : after);
    return jdbc.query(
        "SELECT process_instance_key, ended_at FROM flow_instance WHERE ended_at >= ? AND ended_at < ?"
            + " AND (ended_at > ? OR process_instance_key > ?) ORDER BY ended_at, process_instance_key LIMIT "
            + BATCH,
        (rs, n) -> new Ended(rs.getLong(1), Sql.requiredInstant(rs, "ended_at")),
        from,
        Sql.timestamp(before),
        from,
        kept.prunedKey());
  }
}
