package io.relance.analytics.flow;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads the roll-ups of one model. */
@Component
public class FlowFigures {

  /** A deployed version of a model. */
  public record Version(long processKey, int version, @Nullable String tag, Instant deployedAt) {}

  private record Count(long entered, long completed, long endedEarly) {}

  private record Cash(List<Money> within7, List<Money> within30) {}

  private static final String ELEMENTS =
      " FROM flow_element e JOIN %s d ON d.element = e.id JOIN flow_slice s ON s.id = d.slice WHERE e.process_key IN (%s) AND ";

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final FlowProgress progress;
  private final FlowWaiting waiting;

  FlowFigures(JdbcTemplate jdbc, ProcessModels models, FlowProgress progress, FlowWaiting waiting) {
    this.waiting = waiting;
    this.jdbc = jdbc;
    this.models = models;
    this.progress = progress;
  }

  /** The ids of the models that are deployed. */
  public List<String> models() {
    return jdbc.queryForList(
        "SELECT DISTINCT bpmn_process_id FROM engine_process ORDER BY bpmn_process_id",
        String.class);
  }

  /** A model's versions, the newest first. */
  public List<Version> versions(String bpmnProcessId) {
    return jdbc.query(
        "SELECT process_key, version, version_tag, deployed_at FROM engine_process WHERE bpmn_process_id = ? ORDER BY version DESC",
        (rs, n) ->
            new Version(
                rs.getLong(1),
                rs.getInt(2),
                rs.getString(3),
                Sql.requiredInstant(rs, "deployed_at")),
        bpmnProcessId);
  }

  /** The name of an element, or its id where the model has none. */
  public String nameOf(long processKey, String elementId) {
    return models.nameOf(processKey, elementId);
  }

  /** Up to when the counts are complete; null before the first event. */
  public @Nullable Instant countedUpTo() {
    return progress.reachedAt();
  }

  /** What can be chosen to count by, of what was ever counted: {@code segment} or {@code agent}. */
  public List<String> choices(String column) {
    if (!Set.of("segment", "agent").contains(column)) {
      throw new IllegalArgumentException(column + " is nothing to count by");
    }
    return jdbc.queryForList(
        "SELECT DISTINCT " + column + " FROM flow_slice WHERE " + column + " <> '' ORDER BY 1",
        String.class);
  }

  /** The elements that did something in the period, or where somebody waits now, by their ids. */
  public List<StepFigures> of(FlowFilter filter) {
    if (filter.processKeys().isEmpty()) {
      return List.of();
    }
    Map<String, Count> counts = counts(filter);
    Map<String, Durations> durations = durations(filter);
    Map<String, Cash> cash = cash(filter);
    Map<String, FlowWaiting.Waits> waits = waiting.waits(filter);
    Set<String> elements = new TreeSet<>(counts.keySet());
    elements.addAll(waits.keySet());
    List<StepFigures> figures = new ArrayList<>();
    for (String element : elements) {
      Count count = counts.getOrDefault(element, new Count(0, 0, 0));
      Durations took = durations.getOrDefault(element, new Durations());
      FlowWaiting.Waits wait = waits.getOrDefault(element, new FlowWaiting.Waits(0, List.of()));
      Cash came = cash.getOrDefault(element, new Cash(List.of(), List.of()));
      figures.add(
          new StepFigures(
              element,
              nameOf(filter.processKeys(), element),
              count.entered(),
              count.completed(),
              count.endedEarly(),
              took.percentile(0.5),
              took.percentile(0.95),
              wait.tokens(),
              wait.money(),
              came.within7(),
              came.within30()));
    }
    return figures;
  }

  /** In the newest version that has a name for it; the id if none has. */
  private String nameOf(List<Long> processKeys, String element) {
    return processKeys.stream()
        .map(key -> models.nameOf(key, element))
        .filter(name -> !name.equals(element))
        .findFirst()
        .orElse(element);
  }

  private String from(String table, FlowFilter filter, List<Object> arguments) {
    arguments.addAll(filter.processKeys());
    return ELEMENTS.formatted(table, Sql.marks(filter.processKeys().size()))
        + filter.condition(arguments);
  }

  private Map<String, Count> counts(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>();
    Map<String, Count> counts = new HashMap<>();
    jdbc.query(
        "SELECT e.element_id, SUM(d.entered), SUM(d.completed), SUM(d.ended_early)"
            + from("flow_day", filter, arguments)
            + " GROUP BY e.element_id",
        rs -> {
          counts.put(rs.getString(1), new Count(rs.getLong(2), rs.getLong(3), rs.getLong(4)));
        },
        arguments.toArray());
    return counts;
  }

  private Map<String, Durations> durations(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>();
    Map<String, Durations> durations = new HashMap<>();
    jdbc.query(
        "SELECT e.element_id, d.bucket, SUM(d.steps)"
            + from("flow_duration", filter, arguments)
            + " GROUP BY e.element_id, d.bucket",
        rs -> {
          durations
              .computeIfAbsent(rs.getString(1), element -> new Durations())
              .add(rs.getInt(2), rs.getLong(3));
        },
        arguments.toArray());
    return durations;
  }

  private Map<String, Cash> cash(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>();
    Map<String, Cash> cash = new HashMap<>();
    jdbc.query(
        "SELECT e.element_id, d.currency, SUM(d.within_7), SUM(d.within_30)"
            + from("flow_cash", filter, arguments)
            + " GROUP BY e.element_id, d.currency ORDER BY e.element_id, d.currency",
        rs -> {
          Cash of =
              cash.computeIfAbsent(
                  rs.getString(1), element -> new Cash(new ArrayList<>(), new ArrayList<>()));
          of.within7().add(Money.of(rs.getBigDecimal(3), rs.getString(2)));
          of.within30().add(Money.of(rs.getBigDecimal(4), rs.getString(2)));
        },
        arguments.toArray());
    return cash;
  }
}
