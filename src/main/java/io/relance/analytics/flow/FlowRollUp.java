package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
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

/**
 * Rolls the engine's events up into counts a day. Each event counts once, whoever runs this and
 * however often: how far it has come is kept in the transaction that counts.
 */
@Component
class FlowRollUp {

  /** What the streams of engine events are called in {@code flow_progress}, by partition. */
  static final String EVENTS = "events-";

  private static final String EVENT =
      "SELECT position, process_instance_key, element_instance_key, process_key, element_id, element_type, intent, at, serial"
          + " FROM engine_element_event";

  private static final int BATCH = 4_000;

  /** More than a process does before it has told of its payer. */
  private static final int FIRST_STEPS = 1_000;

  /** A process tells its payer in its first step; by then it is known whose steps they are. */
  private static final Duration BEHIND = Duration.ofSeconds(2);

  private final JdbcTemplate jdbc;
  private final FlowNames names;
  private final FlowSlices slices;
  private final FlowProgress progress;
  private final FlowPathNames paths;
  private final FlowGaps gaps;
  private final FlowKept kept;
  private final InstantSource clock;

  FlowRollUp(
      JdbcTemplate jdbc,
      FlowNames names,
      FlowSlices slices,
      FlowProgress progress,
      FlowPathNames paths,
      FlowGaps gaps,
      FlowKept kept,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.names = names;
    this.slices = slices;
    this.progress = progress;
    this.paths = paths;
    this.gaps = gaps;
    this.kept = kept;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.analytics.interval:1s}", initialDelayString = "5s")
  void follow() {
    for (int partition :
        jdbc.queryForList("SELECT partition_id FROM engine_position", Integer.class)) {
      progress.follow(streamOf(partition), after -> step(partition, after));
    }
  }

  private static String streamOf(int partition) {
    return EVENTS + partition;
  }

  static int partitionOf(String stream) {
    return Integer.parseInt(stream.substring(EVENTS.length()));
  }

  /** Rolls up the next events of a partition. */
  private Optional<FlowProgress.Reached> step(int partition, long after) {
    Instant until = clock.instant().minus(BEHIND);
    List<StepEvent> events =
        read(partition, after).stream().takeWhile(event -> !event.at().isAfter(until)).toList();
    if (events.isEmpty()) {
      return Optional.empty();
    }
    String stream = streamOf(partition);
    FlowSequence.Checked checked =
        FlowSequence.check(
            events, gaps.serialOf(stream), gaps.reachedAt(stream), kept.wholeAfter());
    gaps.keep(stream, partition, checked);
    if (!checked.events().isEmpty()) {
      count(checked.events());
    }
    StepEvent last = events.getLast();
    return Optional.of(
        new FlowProgress.Reached(last.position(), last.at(), events.size() == BATCH));
  }

  private List<StepEvent> read(int partition, long after) {
    return jdbc.query(
        EVENT + " WHERE partition_id = ? AND position > ? ORDER BY position LIMIT " + BATCH,
        (rs, n) -> event(rs),
        partition,
        after);
  }

  private static StepEvent event(ResultSet rs) throws SQLException {
    return new StepEvent(
        rs.getLong(1),
        rs.getLong(2),
        rs.getLong(3),
        rs.getLong(4),
        rs.getString(5),
        rs.getString(6),
        rs.getString(7),
        Sql.requiredInstant(rs, "at"),
        Sql.number(rs, "serial"));
  }

  private void count(List<StepEvent> events) {
    Set<Long> instances = keys(events, StepEvent::processInstanceKey);
    FlowSlices.Whose whose = slices.whose(instances, events.getFirst().at(), latest(events));
    Map<Long, String> agents = slices.agents(instances);
    Map<Long, ZoneId> zones = slices.zones();
    FlowBatch batch = new FlowBatch(open(keys(events, StepEvent::elementInstanceKey)));
    FlowTrails trails = new FlowTrails(jdbc, names, instances);
    for (StepEvent event : events) {
      FlowNames.Slice slice = whose.at(event.processInstanceKey(), event.at(), zones);
      if (!slice.equals(FlowNames.Slice.UNKNOWN) && trails.isUnknown(event.processInstanceKey())) {
        correct(event.processInstanceKey(), events.getFirst().position(), batch, zones);
      }
      String agent = agents.get(event.elementInstanceKey());
      LocalDate day = FlowSlices.dayOf(event.at(), slice, zones);
      if (event.isEnd() && agent != null) {
        FlowBatch.Counted begun = batch.countedOf(event.elementInstanceKey());
        if (begun != null) {
          batch.move(begun, names.of(names.slice(begun.slice()).by(agent)));
        }
      }
      batch.add(
          event,
          names.of(new FlowNames.Element(event.processKey(), event.elementId())),
          names.of(slice),
          names.of(agent == null ? slice : slice.by(agent)),
          day);
      trails.add(event, names.of(slice), day);
    }
    LocalDate from = kept.countedFrom();
    batch.write(jdbc, from);
    trails.write(jdbc, paths, from);
  }

  /**
   * Counts the first steps of an instance as those of whom it is about: when many begin at once,
   * they tell that long after they began.
   */
  private void correct(long instance, long before, FlowBatch batch, Map<Long, ZoneId> zones) {
    List<StepEvent> first =
        jdbc.query(
            EVENT
                + " WHERE process_instance_key = ? AND position < ? ORDER BY position LIMIT "
                + FIRST_STEPS,
            (rs, n) -> event(rs),
            instance,
            before);
    if (first.isEmpty()) {
      return;
    }
    FlowSlices.Whose whose = slices.whose(List.of(instance), first.getFirst().at(), latest(first));
    FlowBatch was = new FlowBatch(Map.of());
    FlowBatch is = new FlowBatch(Map.of());
    for (StepEvent event : first) {
      int element = names.of(new FlowNames.Element(event.processKey(), event.elementId()));
      FlowNames.Slice slice = whose.at(instance, event.at(), zones);
      add(was, event, element, FlowNames.Slice.UNKNOWN, zones);
      add(is, event, element, slice, zones);
    }
    batch.correct(was, is);
  }

  private void add(
      FlowBatch to, StepEvent event, int element, FlowNames.Slice slice, Map<Long, ZoneId> zones) {
    int number = names.of(slice);
    to.add(event, element, number, number, FlowSlices.dayOf(event.at(), slice, zones));
  }

  private static Instant latest(List<StepEvent> events) {
    return events.stream().map(StepEvent::at).max(Instant::compareTo).orElseThrow();
  }

  private static Set<Long> keys(
      List<StepEvent> events, java.util.function.Function<StepEvent, Long> key) {
    return events.stream().map(key).collect(Collectors.toSet());
  }

  private Map<Long, FlowBatch.Place> open(Collection<Long> tokens) {
    Map<Long, FlowBatch.Place> open = new HashMap<>();
    jdbc.query(
        "SELECT element_instance_key, process_instance_key, element, entered_at, counted_element, counted_day, counted_slice"
            + " FROM flow_open WHERE element_instance_key IN ("
            + Sql.marks(tokens.size())
            + ")",
        rs -> {
          open.put(
              rs.getLong(1),
              new FlowBatch.Place(
                  rs.getLong(2),
                  rs.getInt(3),
                  Sql.requiredInstant(rs, "entered_at"),
                  Sql.date(rs, "counted_day") == null
                      ? null
                      : new FlowBatch.Counted(
                          rs.getInt("counted_element"),
                          Sql.requiredDate(rs, "counted_day"),
                          rs.getInt("counted_slice"))));
        },
        tokens.toArray());
    return open;
  }
}
