package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What some events in their order add to the ways of the instances that they are of. */
final class FlowTrails {

  /** An instance and how it came to where it is. */
  private static final class Instance {
    private long processKey;
    private final LocalDate day;
    private int slice;
    private final Instant startedAt;
    private @Nullable Instant endedAt;
    private int path;
    private @Nullable Trail trail;
    private @Nullable Integer lastElement;
    private @Nullable Instant lastAt;
    private boolean touched;

    Instance(long processKey, LocalDate day, int slice, Instant startedAt) {
      this.processKey = processKey;
      this.day = day;
      this.slice = slice;
      this.startedAt = startedAt;
    }
  }

  private record Repeat(int element, LocalDate day, int slice, int times) {
    static final Comparator<Repeat> ORDER =
        Comparator.comparingInt(Repeat::element)
            .thenComparing(Repeat::day)
            .thenComparingInt(Repeat::slice)
            .thenComparingInt(Repeat::times);
  }

  private record Pair(int element, int next, LocalDate day, int slice, int bucket) {
    static final Comparator<Pair> ORDER =
        Comparator.comparingInt(Pair::element)
            .thenComparingInt(Pair::next)
            .thenComparing(Pair::day)
            .thenComparingInt(Pair::slice)
            .thenComparingInt(Pair::bucket);
  }

  private record Visit(int element, long instance) {
    static final Comparator<Visit> ORDER =
        Comparator.comparingInt(Visit::element).thenComparingLong(Visit::instance);
  }

  private final FlowNames names;
  private final int unknownSlice;
  private final Map<Long, Instance> instances = new TreeMap<>();
  private final Map<Repeat, Integer> repeats = new TreeMap<>(Repeat.ORDER);
  private final Map<Pair, Integer> pairs = new TreeMap<>(Pair.ORDER);
  private final Map<Visit, Integer> visits = new TreeMap<>(Visit.ORDER);

  /** Reads the instances that some events speak of. */
  FlowTrails(JdbcTemplate jdbc, FlowNames names, Collection<Long> processInstanceKeys) {
    this.names = names;
    this.unknownSlice = names.of(FlowNames.Slice.UNKNOWN);
    jdbc.query(
        "SELECT process_instance_key, process_key, day, slice, started_at, ended_at, path, trail, last_element, last_at"
            + " FROM flow_instance WHERE process_instance_key IN ("
            + Sql.marks(processInstanceKeys.size())
            + ")",
        rs -> {
          Instance known =
              new Instance(
                  rs.getLong("process_key"),
                  Sql.requiredDate(rs, "day"),
                  rs.getInt("slice"),
                  Sql.requiredInstant(rs, "started_at"));
          known.endedAt = Sql.instant(rs, "ended_at");
          known.path = rs.getInt("path");
          String state = rs.getString("trail");
          known.trail = state == null ? null : Trail.ofState(state);
          int last = rs.getInt("last_element");
          known.lastElement = rs.wasNull() ? null : last;
          known.lastAt = Sql.instant(rs, "last_at");
          instances.put(rs.getLong("process_instance_key"), known);
        },
        processInstanceKeys.toArray());
  }

  /**
   * @param slice whose instance it is, whoever had the task
   * @param day on which it happened there
   */
  void add(StepEvent event, int slice, LocalDate day) {
    long key = event.processInstanceKey();
    if (event.isOfProcess() && event.change().equals("activated")) {
      Instance begun = new Instance(event.processKey(), day, slice, event.at());
      begun.trail = new Trail();
      begun.touched = true;
      instances.putIfAbsent(key, begun);
      return;
    }
    Instance instance = instances.get(key);
    // what was never seen to begin has no way that could be told; what has ended goes no further
    if (instance == null || instance.trail == null) {
      return;
    }
    if (instance.slice == unknownSlice && slice != unknownSlice) {
      tellWhose(instance, slice);
    }
    if (event.isOfProcess()) {
      instance.touched = true;
      if (event.isEnd()) {
        instance.endedAt = event.at();
      } else {
        instance.processKey = event.processKey();
      }
    } else if (event.beginsActivity() || event.reachesEnd()) {
      step(event, instance, slice, day);
    }
  }

  /** Whether it is a known instance, of which is not known whose it is. */
  boolean isUnknown(long processInstanceKey) {
    Instance instance = instances.get(processInstanceKey);
    return instance != null && instance.trail != null && instance.slice == unknownSlice;
  }

  private void step(StepEvent event, Instance instance, int slice, LocalDate day) {
    instance.touched = true;
    Trail trail = Objects.requireNonNull(instance.trail);
    int element = names.of(new FlowNames.Element(event.processKey(), event.elementId()));
    Instant before = instance.lastAt;
    if (instance.lastElement != null && before != null) {
      int bucket = Durations.bucketOf(Duration.between(before, event.at()));
      pairs.merge(new Pair(instance.lastElement, element, day, slice, bucket), 1, Integer::sum);
    }
    instance.lastElement = element;
    instance.lastAt = event.at();
    if (event.reachesEnd()) {
      trail.end(event.elementId());
      return;
    }
    int times = trail.visit(event.elementId());
    if (times > 1) {
      visits.put(new Visit(element, event.processInstanceKey()), times);
    }
    if (times <= Trail.TIMES_MAX) {
      count(element, instance, times, 1);
      if (times > 1) {
        count(element, instance, times - 1, -1);
      }
    }
  }

  private void count(int element, Instance instance, int times, int howMany) {
    repeats.merge(new Repeat(element, instance.day, instance.slice, times), howMany, Integer::sum);
  }

  /** It is known by now whose it is: what it did so far is theirs, too. */
  private void tellWhose(Instance instance, int slice) {
    Map<String, Integer> done = Objects.requireNonNull(instance.trail).visits();
    for (Map.Entry<String, Integer> visit : done.entrySet()) {
      int element = names.of(new FlowNames.Element(instance.processKey, visit.getKey()));
      count(element, instance, Math.min(visit.getValue(), Trail.TIMES_MAX), -1);
    }
    instance.slice = slice;
    instance.touched = true;
    for (Map.Entry<String, Integer> visit : done.entrySet()) {
      int element = names.of(new FlowNames.Element(instance.processKey, visit.getKey()));
      count(element, instance, Math.min(visit.getValue(), Trail.TIMES_MAX), 1);
    }
  }

  /**
   * Writes it, in an order that two writers share.
   *
   * @param from days before it are kept as they were counted once
   */
  void write(JdbcTemplate jdbc, FlowPathNames paths, LocalDate from) {
    writeInstances(jdbc, paths);
    jdbc.batchUpdate(
        "INSERT INTO flow_visit (element, process_instance_key, times) VALUES (?,?,?)"
            + " ON DUPLICATE KEY UPDATE times = VALUES(times)",
        visits.entrySet().stream()
            .map(e -> new Object[] {e.getKey().element(), e.getKey().instance(), e.getValue()})
            .toList());
    jdbc.batchUpdate(
        "INSERT INTO flow_repeat (element, day, slice, times, instances) VALUES (?,?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE instances = instances + VALUES(instances)",
        repeats.entrySet().stream()
            .filter(e -> e.getValue() != 0 && !e.getKey().day().isBefore(from))
            .map(
                e ->
                    new Object[] {
                      e.getKey().element(),
                      e.getKey().day(),
                      e.getKey().slice(),
                      e.getKey().times(),
                      e.getValue()
                    })
            .toList());
    jdbc.batchUpdate(
        "INSERT INTO flow_pair (element, next_element, day, slice, bucket, steps) VALUES (?,?,?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE steps = steps + VALUES(steps)",
        pairs.entrySet().stream()
            .filter(e -> !e.getKey().day().isBefore(from))
            .map(
                e ->
                    new Object[] {
                      e.getKey().element(),
                      e.getKey().next(),
                      e.getKey().day(),
                      e.getKey().slice(),
                      e.getKey().bucket(),
                      e.getValue()
                    })
            .toList());
  }

  private void writeInstances(JdbcTemplate jdbc, FlowPathNames paths) {
    List<Map.Entry<Long, Instance>> changed =
        instances.entrySet().stream().filter(e -> e.getValue().touched).toList();
    Map<String, Integer> numbers = new HashMap<>();
    for (Map.Entry<Long, Instance> each : changed) {
      Trail trail = each.getValue().trail;
      if (trail != null) {
        each.getValue().path = numbers.computeIfAbsent(trail.steps(), paths::of);
      }
    }
    jdbc.batchUpdate(
        "INSERT INTO flow_instance (process_instance_key, process_key, day, slice, started_at, ended_at, took, path, trail,"
            + " last_element, last_at) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE process_key = VALUES(process_key),"
            + " slice = VALUES(slice), ended_at = VALUES(ended_at), took = VALUES(took), path = VALUES(path),"
            + " trail = VALUES(trail), last_element = VALUES(last_element), last_at = VALUES(last_at)",
        changed.stream().map(e -> row(e.getKey(), e.getValue())).toList());
  }

  private static @Nullable Object[] row(long key, Instance instance) {
    Instant ended = instance.endedAt;
    Trail trail = instance.trail;
    return new @Nullable Object[] {
      key,
      instance.processKey,
      instance.day,
      instance.slice,
      Sql.timestamp(instance.startedAt),
      Sql.timestampOrNull(ended),
      ended == null ? null : Durations.bucketOf(Duration.between(instance.startedAt, ended)),
      instance.path,
      ended != null || trail == null ? null : trail.toState(),
      ended == null ? instance.lastElement : null,
      ended == null ? Sql.timestampOrNull(instance.lastAt) : null
    };
  }
}
