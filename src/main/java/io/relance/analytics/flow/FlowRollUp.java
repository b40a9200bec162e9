package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rolls the engine's events up into counts a day. Each event counts once, whoever runs this and
 * however often: how far it has come is kept in the transaction that counts.
 */
@Component
class FlowRollUp {

  private static final int BATCH = 4_000;

  /** A process tells its payer in its first step; by then it is known whose steps they are. */
  private static final Duration BEHIND = Duration.ofSeconds(2);

  private final JdbcTemplate jdbc;
  private final FlowNames names;
  private final FlowSlices slices;
  private final FlowProgress progress;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  FlowRollUp(
      JdbcTemplate jdbc,
      FlowNames names,
      FlowSlices slices,
      FlowProgress progress,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.names = names;
    this.slices = slices;
    this.progress = progress;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.analytics.interval:1s}", initialDelayString = "5s")
  void follow() {
    for (int partition :
        jdbc.queryForList("SELECT partition_id FROM engine_position", Integer.class)) {
      progress.follow("events-" + partition, after -> step(partition, after));
    }
  }

  /** Rolls up the next events of a partition. */
  private Optional<FlowProgress.Reached> step(int partition, long after) {
    Instant until = clock.instant().minus(BEHIND);
    List<StepEvent> events =
        read(partition, after).stream().takeWhile(event -> !event.at().isAfter(until)).toList();
    if (events.isEmpty()) {
      return Optional.empty();
    }
    count(events);
    StepEvent last = events.getLast();
    return Optional.of(
        new FlowProgress.Reached(last.position(), last.at(), events.size() == BATCH));
  }

  private List<StepEvent> read(int partition, long after) {
    return jdbc.query(
        "SELECT position, process_instance_key, element_instance_key, process_key, element_id, intent, at"
            + " FROM engine_element_event WHERE partition_id = ? AND position > ? ORDER BY position LIMIT "
            + BATCH,
        (rs, n) ->
            new StepEvent(
                rs.getLong(1),
                rs.getLong(2),
                rs.getLong(3),
                rs.getLong(4),
                rs.getString(5),
                rs.getString(6),
                Sql.requiredInstant(rs, "at")),
        partition,
        after);
  }

  private void count(List<StepEvent> events) {
    Set<Long> instances = keys(events, StepEvent::processInstanceKey);
    Map<Long, FlowNames.Slice> whose = slices.of(instances);
    Map<Long, String> agents = slices.agents(instances);
    Map<Long, ZoneId> zones = slices.zones();
    FlowBatch batch = new FlowBatch(open(keys(events, StepEvent::elementInstanceKey)));
    for (StepEvent event : events) {
      FlowNames.Slice slice =
          whose.getOrDefault(event.processInstanceKey(), FlowNames.Slice.UNKNOWN);
      String agent = agents.get(event.elementInstanceKey());
      FlowNames.Slice by = agent == null ? slice : slice.by(agent);
      batch.add(
          event,
          names.of(new FlowNames.Element(event.processKey(), event.elementId())),
          names.of(by),
          FlowSlices.dayOf(event.at(), slice, zones));
    }
    batch.write(jdbc);
  }

  private static Set<Long> keys(
      List<StepEvent> events, java.util.function.Function<StepEvent, Long> key) {
    return events.stream().map(key).collect(Collectors.toSet());
  }

  private Map<Long, FlowBatch.Place> open(Collection<Long> tokens) {
    Map<Long, FlowBatch.Place> open = new HashMap<>();
    jdbc.query(
        "SELECT element_instance_key, process_instance_key, element, entered_at FROM flow_open WHERE element_instance_key IN ("
            + Sql.marks(tokens.size())
            + ")",
        rs -> {
          open.put(
              rs.getLong(1),
              new FlowBatch.Place(
                  rs.getLong(2), rs.getInt(3), Sql.requiredInstant(rs, "entered_at")));
        },
        tokens.toArray());
    return open;
  }

  /** Forgets all counts, so that they are made anew from the events that are kept. */
  void forget() {
    transactions.executeWithoutResult(
        status -> {
          jdbc.queryForList("SELECT stream FROM flow_progress FOR UPDATE");
          for (String table : List.of("flow_day", "flow_duration", "flow_cash", "flow_open")) {
            jdbc.update("DELETE FROM " + table);
          }
          jdbc.update("UPDATE flow_progress SET position = 0, reached_at = NULL");
        });
  }
}
