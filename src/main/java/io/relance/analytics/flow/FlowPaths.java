package io.relance.analytics.flow;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which ways the instances of a model went: in what order, how often round, and how long. */
@Component
public class FlowPaths {

  /** An element and its name in the model, or its id where it has none. */
  public record Step(String elementId, String name) {}

  /**
   * A step of a way, or a round of several.
   *
   * @param steps empty for steps that were left out
   * @param times how often in a row
   * @param orMore whether some instances did it more often
   */
  public record Part(List<Step> steps, int times, boolean orMore) {}

  /**
   * A way that instances went.
   *
   * @param share of all instances that began in the period
   * @param median duration of those that have ended; null if none has
   * @param paidShare of its cases; null if its instances are of no case
   */
  public record Way(
      int id,
      List<Part> parts,
      long instances,
      double share,
      long ended,
      @Nullable Duration median,
      @Nullable Double paidShare) {}

  /** The most frequent ways, and how many others there are. */
  public record Ways(long instances, List<Way> ways, long otherWays, long otherInstances) {}

  /**
   * An activity that instances do more than once.
   *
   * @param times how many did it once, twice, three times, and four times or more
   */
  public record Loop(String elementId, String name, List<Long> times) {

    public long repeated() {
      return times.stream().skip(1).mapToLong(Long::longValue).sum();
    }

    /** Of those that did it at all. */
    public double share() {
      return (double) repeated() / times.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** How long it took from the beginning of an activity to that of the next. */
  public record Between(Step from, Step to, long times, Duration median, Duration p95) {}

  /** An instance that went that way, or round there. */
  public record Instance(
      long processInstanceKey,
      @Nullable String customer,
      @Nullable String customerName,
      @Nullable String invoice,
      Instant startedAt,
      @Nullable Instant endedAt,
      long times) {}

  static final String INSTANCES =
      " FROM flow_instance d FORCE INDEX (flow_instance_path) JOIN flow_slice s ON s.id = d.slice WHERE d.process_key IN (%s) AND ";

  static final String WHO =
      " LEFT JOIN process_subject u ON u.process_instance_key = d.process_instance_key"
          + " LEFT JOIN payer p ON p.id = u.payer_id LEFT JOIN invoice i ON i.id = u.invoice_id";

  private final JdbcTemplate jdbc;
  private final ProcessModels models;

  FlowPaths(JdbcTemplate jdbc, ProcessModels models) {
    this.jdbc = jdbc;
    this.models = models;
  }

  /** The ways of the instances that began in the period, those that most went first. */
  public Ways most(FlowFilter filter, int max) {
    if (filter.processKeys().isEmpty()) {
      return new Ways(0, List.of(), 0, 0);
    }
    Map<Integer, Long> counts = new LinkedHashMap<>();
    List<Object> arguments = new ArrayList<>();
    jdbc.query(
        countsSql(filter, arguments),
        rs -> {
          counts.put(rs.getInt(1), rs.getLong(2));
        },
        arguments.toArray());
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    List<Integer> top = counts.keySet().stream().limit(max).toList();
    if (top.isEmpty()) {
      return new Ways(0, List.of(), 0, 0);
    }
    Map<Integer, Durations> took = took(filter, top);
    Map<Integer, Double> paid = paid(filter, top);
    Map<Integer, String> steps = steps(top);
    long shown = top.stream().mapToLong(id -> counts.getOrDefault(id, 0L)).sum();
    List<Way> ways =
        top.stream()
            .map(
                id -> {
                  long instances = counts.getOrDefault(id, 0L);
                  Durations durations = took.getOrDefault(id, new Durations());
                  return new Way(
                      id,
                      parts(filter.processKeys().getFirst(), steps.getOrDefault(id, "")),
                      instances,
                      (double) instances / all,
                      durations.count(),
                      durations.percentile(0.5),
                      paid.get(id));
                })
            .toList();
    return new Ways(all, ways, counts.size() - top.size(), all - shown);
  }

  static String countsSql(FlowFilter filter, List<Object> arguments) {
    return "SELECT d.path, COUNT(*)"
        + instances(filter, arguments)
        + " GROUP BY d.path ORDER BY 2 DESC, 1";
  }

  private static String instances(FlowFilter filter, List<Object> arguments) {
    arguments.addAll(filter.processKeys());
    return INSTANCES.formatted(Sql.marks(filter.processKeys().size()))
        + filter.condition(arguments);
  }

  private Map<Integer, Durations> took(FlowFilter filter, List<Integer> paths) {
    List<Object> arguments = new ArrayList<>();
    String sql = "SELECT d.path, d.took, COUNT(*)" + instances(filter, arguments);
    arguments.addAll(paths);
    Map<Integer, Durations> took = new HashMap<>();
    jdbc.query(
        sql
            + " AND d.took IS NOT NULL AND d.path IN ("
            + Sql.marks(paths.size())
            + ") GROUP BY 1, 2",
        rs -> {
          took.computeIfAbsent(rs.getInt(1), path -> new Durations())
              .add(rs.getInt(2), rs.getLong(3));
        },
        arguments.toArray());
    return took;
  }

  static String paidSql(FlowFilter filter, List<Integer> paths, List<Object> arguments) {
    String from =
        instances(filter, arguments)
            .replace(
                " WHERE ",
                " JOIN flow_case c ON c.process_instance_key = d.process_instance_key WHERE ");
    arguments.addAll(paths);
    return "SELECT d.path, SUM(c.outcome = 'paid'), COUNT(*)"
        + from
        + " AND d.path IN ("
        + Sql.marks(paths.size())
        + ") GROUP BY 1";
  }

  private Map<Integer, Double> paid(FlowFilter filter, List<Integer> paths) {
    List<Object> arguments = new ArrayList<>();
    String sql = paidSql(filter, paths, arguments);
    Map<Integer, Double> paid = new HashMap<>();
    jdbc.query(
        sql,
        rs -> {
          paid.put(rs.getInt(1), rs.getDouble(2) / rs.getLong(3));
        },
        arguments.toArray());
    return paid;
  }

  private Map<Integer, String> steps(List<Integer> paths) {
    Map<Integer, String> steps = new HashMap<>();
    jdbc.query(
        "SELECT id, steps FROM flow_path WHERE id IN (" + Sql.marks(paths.size()) + ")",
        rs -> {
          steps.put(rs.getInt(1), rs.getString(2));
        },
        paths.toArray());
    return steps;
  }

  private List<Part> parts(long processKey, String steps) {
    return Trail.itemsOf(steps).stream()
        .map(
            item ->
                item.elementIds().getFirst().equals(Trail.CUT)
                    ? new Part(List.of(), 1, false)
                    : new Part(
                        item.elementIds().stream().map(id -> step(processKey, id)).toList(),
                        item.times(),
                        item.times() >= Trail.TIMES_MAX))
        .toList();
  }

  private Step step(long processKey, String elementId) {
    return new Step(elementId, models.nameOf(processKey, elementId));
  }

  /** The steps of one way in words; empty if there is no such way. */
  public List<Part> way(long processKey, int id) {
    return parts(processKey, steps(List.of(id)).getOrDefault(id, ""));
  }

  /** Activities that instances do more than once, those first that most do again. */
  public List<Loop> loops(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    jdbc.query(
        "SELECT e.element_id, d.times, SUM(d.instances) FROM flow_element e JOIN flow_repeat d ON d.element = e.id"
            + " JOIN flow_slice s ON s.id = d.slice WHERE e.process_key IN ("
            + Sql.marks(filter.processKeys().size())
            + ") AND "
            + filter.condition(arguments)
            + " GROUP BY 1, 2",
        rs -> {
          counts
              .computeIfAbsent(
                  rs.getString(1), id -> new ArrayList<>(java.util.Collections.nCopies(4, 0L)))
              .set(rs.getInt(2) - 1, Math.max(0, rs.getLong(3)));
        },
        arguments.toArray());
    return counts.entrySet().stream()
        .map(
            e ->
                new Loop(
                    e.getKey(),
                    models.nameOf(filter.processKeys().getFirst(), e.getKey()),
                    List.copyOf(e.getValue())))
        .filter(loop -> loop.repeated() > 0)
        .sorted(Comparator.comparingLong(Loop::repeated).reversed())
        .toList();
  }

  private record Pair(String from, String to) {}

  /** Pairs of activities that follow one another, the most frequent ones first. */
  public List<Between> between(FlowFilter filter, int max) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    Map<Pair, Durations> pairs = new LinkedHashMap<>();
    jdbc.query(
        "SELECT e.element_id, n.element_id, d.bucket, SUM(d.steps) FROM flow_element e JOIN flow_pair d ON d.element = e.id"
            + " JOIN flow_slice s ON s.id = d.slice JOIN flow_element n ON n.id = d.next_element WHERE e.process_key IN ("
            + Sql.marks(filter.processKeys().size())
            + ") AND "
            + filter.condition(arguments)
            + " GROUP BY 1, 2, 3",
        rs -> {
          pairs
              .computeIfAbsent(new Pair(rs.getString(1), rs.getString(2)), pair -> new Durations())
              .add(rs.getInt(3), rs.getLong(4));
        },
        arguments.toArray());
    long model = filter.processKeys().getFirst();
    return pairs.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Pair, Durations> e) -> e.getValue().count())
                .reversed())
        .limit(max)
        .map(
            e ->
                new Between(
                    step(model, e.getKey().from()),
                    step(model, e.getKey().to()),
                    e.getValue().count(),
                    e.getValue().required(0.5),
                    e.getValue().required(0.95)))
        .toList();
  }

  /** Instances that went a way, the newest first. */
  public List<Instance> went(FlowFilter filter, int path, int max) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    String condition = filter.condition(arguments);
    arguments.add(path);
    arguments.add(max);
    return jdbc.query(
        "SELECT d.process_instance_key, p.number, p.name, i.number AS invoice, d.started_at, d.ended_at, 1 AS times"
            + " FROM flow_instance d JOIN flow_slice s ON s.id = d.slice"
            + WHO
            + " WHERE d.process_key IN ("
            + Sql.marks(filter.processKeys().size())
            + ") AND "
            + condition
            + " AND d.path = ? ORDER BY d.day DESC, d.process_instance_key DESC LIMIT ?",
        (rs, n) -> instance(rs),
        arguments.toArray());
  }

  /** Instances that did an activity more than once, most often first. */
  public List<Instance> repeated(FlowFilter filter, String elementId, int max) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    arguments.add(elementId);
    String condition = filter.condition(arguments);
    arguments.add(max);
    return jdbc.query(
        "SELECT d.process_instance_key, p.number, p.name, i.number AS invoice, d.started_at, d.ended_at, v.times"
            + " FROM flow_element e JOIN flow_visit v ON v.element = e.id"
            + " JOIN flow_instance d ON d.process_instance_key = v.process_instance_key JOIN flow_slice s ON s.id = d.slice"
            + WHO
            + " WHERE e.process_key IN ("
            + Sql.marks(filter.processKeys().size())
            + ") AND e.element_id = ? AND "
            + condition
            + " ORDER BY v.times DESC, d.process_instance_key DESC LIMIT ?",
        (rs, n) -> instance(rs),
        arguments.toArray());
  }

  static Instance instance(java.sql.ResultSet rs) throws java.sql.SQLException {
    return new Instance(
        rs.getLong(1),
        rs.getString(2),
        rs.getString(3),
        rs.getString("invoice"),
        Sql.requiredInstant(rs, "started_at"),
        Sql.instant(rs, "ended_at"),
        rs.getLong("times"));
  }
}
