package io.relance.analytics.flow;

import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What some events in their order add to the counts. */
final class FlowBatch {

  /**
   * Where a token is, and since when.
   *
   * @param counted what its beginning was counted as; null of tokens that are older than this
   */
  record Place(
      long processInstanceKey, int element, Instant enteredAt, @Nullable Counted counted) {}

  /** A beginning that was counted. */
  record Counted(int element, LocalDate day, int slice) {

    private Key key() {
      return new Key(element, day, slice);
    }
  }

  private record Key(int element, LocalDate day, int slice) {

    static final Comparator<Key> ORDER =
        Comparator.comparingInt(Key::element).thenComparing(Key::day).thenComparingInt(Key::slice);
  }

  private record Took(Key key, int bucket) {}

  private static final class Sums {
    private int entered;
    private int completed;
    private int endedEarly;

    private void add(Sums other, int times) {
      entered += times * other.entered;
      completed += times * other.completed;
      endedEarly += times * other.endedEarly;
    }
  }

  private final Map<Long, Place> before;
  private final Map<Long, Place> opened = new LinkedHashMap<>();
  private final Set<Long> closed = new HashSet<>();
  private final Map<Key, Sums> sums = new TreeMap<>(Key.ORDER);
  private final Map<Took, Integer> durations =
      new TreeMap<>(Comparator.comparing(Took::key, Key.ORDER).thenComparingInt(Took::bucket));

  /**
   * @param before tokens that were there already, of those that the events speak of
   */
  FlowBatch(Map<Long, Place> before) {
    this.before = new HashMap<>(before);
  }

  /**
   * A beginning is nobody's yet: who has the task is known at its end, and it counts as theirs from
   * then on.
   *
   * @param element the number of the event's element
   * @param slice whose it is
   * @param by the same with who had the task
   * @param day on which it happened there
   */
  void add(StepEvent event, int element, int slice, int by, LocalDate day) {
    long token = event.elementInstanceKey();
    switch (event.change()) {
      case "activated" -> {
        if (placeOf(token) == null && !closed.contains(token)) {
          Counted counted = new Counted(element, day, slice);
          sums(counted.key()).entered++;
          opened.put(token, new Place(event.processInstanceKey(), element, event.at(), counted));
        }
      }
      case "migrated" -> {
        Place place = placeOf(token);
        Instant since = place == null ? event.at() : place.enteredAt();
        opened.put(
            token,
            new Place(
                event.processInstanceKey(),
                element,
                since,
                place == null ? null : place.counted()));
      }
      default -> end(event, new Key(element, day, by), token);
    }
  }

  /** What was never seen to begin, or ended already, is not counted: a gap shows as such. */
  private void end(StepEvent event, Key key, long token) {
    Place place = placeOf(token);
    if (place == null) {
      return;
    }
    opened.remove(token);
    before.remove(token);
    closed.add(token);
    if (event.change().equals("completed")) {
      sums(key).completed++;
      int bucket = Durations.bucketOf(Duration.between(place.enteredAt(), event.at()));
      durations.merge(new Took(key, bucket), 1, Integer::sum);
    } else {
      sums(key).endedEarly++;
    }
  }

  /** What the beginning of a token was counted as; null if it was not, or is not known. */
  @Nullable Counted countedOf(long token) {
    Place place = placeOf(token);
    return place == null ? null : place.counted();
  }

  /** Counts a beginning for somebody else. */
  void move(Counted counted, int toSlice) {
    sums(counted.key()).entered--;
    sums(new Key(counted.element(), counted.day(), toSlice)).entered++;
  }

  /**
   * Takes what was counted before as somebody else's, now that it is known whose it was.
   *
   * @param was the same events as they were counted
   * @param is as they would have been
   */
  void correct(FlowBatch was, FlowBatch is) {
    was.sums.forEach((key, sum) -> sums(key).add(sum, -1));
    is.sums.forEach((key, sum) -> sums(key).add(sum, 1));
    was.durations.forEach((took, steps) -> durations.merge(took, -steps, Integer::sum));
    is.durations.forEach((took, steps) -> durations.merge(took, steps, Integer::sum));
    opened.putAll(is.opened);
  }

  private @Nullable Place placeOf(long token) {
    Place place = opened.get(token);
    return place == null ? before.get(token) : place;
  }

  private Sums sums(Key key) {
    return sums.computeIfAbsent(key, k -> new Sums());
  }

  /**
   * Writes it, in an order that two writers share.
   *
   * @param from days before it are kept as they were counted once
   */
  void write(JdbcTemplate jdbc, LocalDate from) {
    jdbc.batchUpdate(
        "INSERT INTO flow_day (element, day, slice, entered, completed, ended_early) VALUES (?,?,?,?,?,?) ON DUPLICATE KEY UPDATE"
            + " entered = entered + VALUES(entered), completed = completed + VALUES(completed), ended_early = ended_early + VALUES(ended_early)",
        sums.entrySet().stream()
            .filter(e -> !e.getKey().day().isBefore(from))
            .map(
                e ->
                    new Object[] {
                      e.getKey().element(),
                      e.getKey().day(),
                      e.getKey().slice(),
                      e.getValue().entered,
                      e.getValue().completed,
                      e.getValue().endedEarly
                    })
            .toList());
    jdbc.batchUpdate(
        "INSERT INTO flow_duration (element, day, slice, bucket, steps) VALUES (?,?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE steps = steps + VALUES(steps)",
        durations.entrySet().stream()
            .filter(e -> e.getValue() != 0 && !e.getKey().key().day().isBefore(from))
            .map(
                e ->
                    new Object[] {
                      e.getKey().key().element(),
                      e.getKey().key().day(),
                      e.getKey().key().slice(),
                      e.getKey().bucket(),
                      e.getValue()
                    })
            .toList());
    jdbc.batchUpdate(
        "INSERT INTO flow_open (element_instance_key, process_instance_key, element, entered_at, counted_element, counted_day,"
            + " counted_slice) VALUES (?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE element = VALUES(element), counted_slice = VALUES(counted_slice),"
            + " counted_day = VALUES(counted_day)",
        opened.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
    delete(jdbc, closed);
  }

  private static @Nullable Object[] row(long token, Place place) {
    Counted counted = place.counted();
    return new @Nullable Object[] {
      token,
      place.processInstanceKey(),
      place.element(),
      Sql.timestamp(place.enteredAt()),
      counted == null ? null : counted.element(),
      counted == null ? null : counted.day(),
      counted == null ? null : counted.slice()
    };
  }

  private static void delete(JdbcTemplate jdbc, Collection<Long> tokens) {
    if (!tokens.isEmpty()) {
      List<Long> sorted = tokens.stream().sorted().toList();
      jdbc.update(
          "DELETE FROM flow_open WHERE element_instance_key IN (" + Sql.marks(sorted.size()) + ")",
          sorted.toArray());
    }
  }
}
