package io.relance.analytics.flow;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Sql;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What takes far longer than most: longer than the third quartile by one and a half times the
 * distance of the quartiles, the upper fence of J. W. Tukey ("Exploratory Data Analysis", 1977,
 * chapter 2). The fence is read from counts by bucket, and right to within five per cent.
 */
@Component
public class FlowOutliers {

  /** With fewer that have ended, nobody can say what is usual. */
  public static final int ENDED_MIN = 20;

  /**
   * What is unusual in a period.
   *
   * @param ended instances that began in the period and have ended
   * @param usual what most take at the longest; null if too few have ended
   * @param instances those that took longer, or run for longer already, the longest first
   * @param waiting steps at which somebody waits for longer than is usual there
   */
  public record Outliers(
      long ended,
      @Nullable Duration usual,
      List<FlowPaths.Instance> instances,
      List<Waiting> waiting) {}

  /** Who waits at a step for longer than is usual there. */
  public record Waiting(
      FlowPaths.Step step,
      @Nullable String customer,
      @Nullable String customerName,
      @Nullable String invoice,
      Instant since,
      Duration usual) {}

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final InstantSource clock;

  FlowOutliers(JdbcTemplate jdbc, ProcessModels models, InstantSource clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.clock = clock;
  }

  /** The upper fence; null of fewer than {@value #ENDED_MIN}. */
  static @Nullable Duration fence(Durations durations) {
    if (durations.count() < ENDED_MIN) {
      return null;
    }
    Duration first = durations.required(0.25);
    Duration third = durations.required(0.75);
    return third.plus(third.minus(first).multipliedBy(3).dividedBy(2));
  }

  /** What took, or takes, longer than usual, of the instances that began in the period. */
  public Outliers of(FlowFilter filter, int max) {
    if (filter.processKeys().isEmpty()) {
      return new Outliers(0, null, List.of(), List.of());
    }
    Durations took = took(filter);
    Duration usual = fence(took);
    return new Outliers(
        took.count(),
        usual,
        usual == null ? List.of() : instances(filter, usual, max),
        waiting(filter, max));
  }

  private Durations took(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    Durations took = new Durations();
    jdbc.query(
        "SELECT d.took, COUNT(*)"
            + FlowPaths.INSTANCES.formatted(Sql.marks(filter.processKeys().size()))
            + filter.condition(arguments)
            + " AND d.took IS NOT NULL GROUP BY d.took",
        rs -> {
          took.add(rs.getInt(1), rs.getLong(2));
        },
        arguments.toArray());
    return took;
  }

  /** The ended ones by their bucket, the running ones by their beginning. */
  private List<FlowPaths.Instance> instances(FlowFilter filter, Duration usual, int max) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    String condition = filter.condition(arguments);
    arguments.add(Durations.bucketOf(usual));
    arguments.add(Sql.timestamp(clock.instant().minus(usual)));
    arguments.add(Sql.timestamp(clock.instant()));
    arguments.add(max);
    return jdbc.query(
        "SELECT d.process_instance_key, p.number, p.name, i.number AS invoice, d.started_at, d.ended_at, 1 AS times"
            + " FROM flow_instance d JOIN flow_slice s ON s.id = d.slice"
            + " LEFT JOIN process_subject u ON u.process_instance_key = d.process_instance_key"
            + " LEFT JOIN payer p ON p.id = u.payer_id LEFT JOIN invoice i ON i.id = u.invoice_id WHERE d.process_key IN ("
            + Sql.marks(filter.processKeys().size())
            + ") AND "
            + condition
            + " AND (d.took > ? OR (d.ended_at IS NULL AND d.started_at < ?))"
            + " ORDER BY TIMESTAMPDIFF(SECOND, d.started_at, COALESCE(d.ended_at, ?)) DESC, d.process_instance_key LIMIT ?",
        (rs, n) -> FlowPaths.instance(rs),
        arguments.toArray());
  }

  private record Fence(int element, Duration usual) {}

  private List<Waiting> waiting(FlowFilter filter, int max) {
    Map<Integer, Duration> fences = new HashMap<>();
    for (Fence fence : fences(filter)) {
      fences.put(fence.element(), fence.usual());
    }
    if (fences.isEmpty()) {
      return List.of();
    }
    List<Object> arguments = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    fences.forEach(
        (element, usual) -> {
          limits.add("SELECT ? AS element, CAST(? AS DATETIME(6)) AS before_at");
          arguments.add(element);
          arguments.add(Timestamp.from(clock.instant().minus(usual)));
        });
    String slices = filter.conditionOfSlice(arguments);
    arguments.add(max);
    return jdbc.query(
        "SELECT e.id, e.process_key, e.element_id, p.number, p.name, i.number AS invoice, o.entered_at FROM ("
            + String.join(" UNION ALL ", limits)
            + ") f JOIN flow_element e ON e.id = f.element JOIN flow_open o ON o.element = f.element AND o.entered_at < f.before_at"
            + " JOIN flow_instance d ON d.process_instance_key = o.process_instance_key JOIN flow_slice s ON s.id = d.slice"
            + " LEFT JOIN process_subject u ON u.process_instance_key = o.process_instance_key"
            + " LEFT JOIN payer p ON p.id = u.payer_id LEFT JOIN invoice i ON i.id = u.invoice_id WHERE 1 = 1"
            + slices
            + " ORDER BY o.entered_at LIMIT ?",
        (rs, n) ->
            new Waiting(
                new FlowPaths.Step(rs.getString(3), models.nameOf(rs.getLong(2), rs.getString(3))),
                rs.getString(4),
                rs.getString(5),
                rs.getString("invoice"),
                Sql.requiredInstant(rs, "entered_at"),
                Objects.requireNonNull(fences.get(rs.getInt(1)))),
        arguments.toArray());
  }

  /** Of steps that are not the whole process: its duration is told above. */
  private List<Fence> fences(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    Map<Integer, Durations> durations = new HashMap<>();
    jdbc.query(
        "SELECT e.id, d.bucket, SUM(d.steps) FROM flow_element e JOIN flow_duration d ON d.element = e.id"
            + " JOIN flow_slice s ON s.id = d.slice JOIN engine_process m ON m.process_key = e.process_key"
            + " WHERE e.element_id <> m.bpmn_process_id AND e.process_key IN ("
            + Sql.marks(filter.processKeys().size())
            + ") AND "
            + filter.condition(arguments)
            + " GROUP BY 1, 2",
        rs -> {
          durations
              .computeIfAbsent(rs.getInt(1), element -> new Durations())
              .add(rs.getInt(2), rs.getLong(3));
        },
        arguments.toArray());
    List<Fence> fences = new ArrayList<>();
    durations.forEach(
        (element, took) -> {
          Duration usual = fence(took);
          if (usual != null) {
            fences.add(new Fence(element, usual));
          }
        });
    return fences;
  }
}
