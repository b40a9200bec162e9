package io.relance.analytics.flow;

import io.relance.engine.ProcessModels;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  private record Waits(long tokens, List<Money> money) {}

  private static final String ELEMENTS =
      " FROM flow_element e JOIN %s d ON d.element = e.id JOIN flow_slice s ON s.id = d.slice WHERE e.process_key IN (%s) AND ";

  /** The tokens o that wait at elements e. */
  private static final String OPEN = " FROM flow_element e JOIN flow_open o ON o.element = e.id";

  /** Whose case a token o is. */
  private static final String WHOSE =
      " LEFT JOIN process_subject u ON u.process_instance_key = o.process_instance_key LEFT JOIN payer p ON p.id = u.payer_id";

  static final String CAME =
      "SELECT STRAIGHT_JOIN p.number, p.name, i.number AS invoice, i.open_amount, i.currency, o.at AS entered_at"
          + " FROM engine_element_event o"
          + WHOSE
          + " LEFT JOIN invoice i ON i.id = u.invoice_id WHERE o.process_key = ? AND o.element_id = ? AND o.intent = 'activated'"
          + " AND o.at >= ? AND o.at < ?";

  private final JdbcTemplate jdbc;
  private final ProcessModels models;
  private final FlowProgress progress;

  FlowFigures(JdbcTemplate jdbc, ProcessModels models, FlowProgress progress) {
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
    Map<String, Waits> waits = waits(filter);
    Set<String> elements = new TreeSet<>(counts.keySet());
    elements.addAll(waits.keySet());
    List<StepFigures> figures = new ArrayList<>();
    for (String element : elements) {
      Count count = counts.getOrDefault(element, new Count(0, 0, 0));
      Durations took = durations.getOrDefault(element, new Durations());
      Waits wait = waits.getOrDefault(element, new Waits(0, List.of()));
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
          of.within7().add(money(rs.getBigDecimal(3), rs.getString(2)));
          of.within30().add(money(rs.getBigDecimal(4), rs.getString(2)));
        },
        arguments.toArray());
    return cash;
  }

  /** Who waits is chosen by whose case it is; a task's agent by who has it now. */
  private Map<String, Waits> waits(FlowFilter filter) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    String meant = meant(filter, arguments);
    Map<String, Waits> waits = new LinkedHashMap<>();
    jdbc.query(
        "SELECT e.element_id, COUNT(*)"
            + OPEN
            + (isOfSomePayers(filter) ? WHOSE : "")
            + meant
            + " GROUP BY e.element_id",
        rs -> {
          waits.put(rs.getString(1), new Waits(rs.getLong(2), new ArrayList<>()));
        },
        arguments.toArray());
    List<Object> twice = new ArrayList<>(arguments);
    twice.addAll(arguments);
    jdbc.query(
        moneySql(filter, meant),
        rs -> {
          Waits of = waits.get(rs.getString(1));
          if (of != null) {
            of.money().add(money(rs.getBigDecimal(3), rs.getString(2)));
          }
        },
        twice.toArray());
    return waits;
  }

  /**
   * Each invoice once, however many tokens it has there; a process of a payer has all of theirs.
   */
  private static String moneySql(FlowFilter filter, String meant) {
    String whose =
        isOfSomePayers(filter)
            ? WHOSE
            : " JOIN process_subject u ON u.process_instance_key = o.process_instance_key";
    return "SELECT w.element_id, i.currency, SUM(i.open_amount) FROM (SELECT e.element_id, u.invoice_id"
        + OPEN
        + whose
        + meant
        + " AND u.invoice_id IS NOT NULL UNION SELECT e.element_id, j.id"
        + OPEN
        + whose
        + " JOIN invoice j ON j.payer_id = u.payer_id AND j.settled_on IS NULL"
        + meant
        + " AND u.invoice_id IS NULL) w JOIN invoice i ON i.id = w.invoice_id AND i.settled_on IS NULL AND i.outcome IS NULL"
        + " GROUP BY w.element_id, i.currency ORDER BY i.currency";
  }

  private static boolean isOfSomePayers(FlowFilter filter) {
    return filter.creditorId() != null || filter.segment() != null || filter.band() != null;
  }

  /**
   * A case that waits at an element.
   *
   * @param customer number of the payer; null while the process has not told it
   * @param invoice its number; null where the process is about all of a payer's
   * @param open of the invoice
   */
  public record Waiting(
      @Nullable String customer,
      @Nullable String customerName,
      @Nullable String invoice,
      @Nullable Money open,
      Instant since) {}

  /** Who waits there longest, of those whom the filter means; its period does not count. */
  public List<Waiting> waitingAt(FlowFilter filter, String elementId, int max) {
    List<Object> arguments = new ArrayList<>(filter.processKeys());
    String meant = meant(filter, arguments);
    arguments.add(elementId);
    arguments.add(max);
    return jdbc.query(
        "SELECT p.number, p.name, i.number AS invoice, i.open_amount, i.currency, o.entered_at"
            + OPEN
            + WHOSE
            + " LEFT JOIN invoice i ON i.id = u.invoice_id"
            + meant
            + " AND e.element_id = ? ORDER BY o.entered_at LIMIT ?",
        (rs, n) -> waiting(rs),
        arguments.toArray());
  }

  /**
   * Who came to an element between two moments, the newest first; of processes whose events are
   * kept. Whoever came twice is there twice, as in the count.
   */
  public List<Waiting> cameTo(
      FlowFilter filter, String elementId, Instant from, Instant to, int max) {
    List<Waiting> came = new ArrayList<>();
    for (long processKey : filter.processKeys()) {
      List<Object> arguments = new ArrayList<>(List.of(processKey, elementId, from, to));
      arguments.replaceAll(value -> value instanceof Instant at ? Sql.timestamp(at) : value);
      String meant = payersMeant(filter, arguments);
      arguments.add(max - came.size());
      // along the index of the element, backwards: the first ones found are the newest
      came.addAll(
          jdbc.query(
              CAME + meant + " ORDER BY o.partition_id DESC, o.position DESC LIMIT ?",
              (rs, n) -> waiting(rs),
              arguments.toArray()));
      if (came.size() >= max) {
        break;
      }
    }
    return came;
  }

  private static Waiting waiting(ResultSet rs) throws SQLException {
    BigDecimal open = rs.getBigDecimal("open_amount");
    return new Waiting(
        rs.getString(1),
        rs.getString(2),
        rs.getString("invoice"),
        open == null ? null : money(open, rs.getString("currency")),
        Sql.requiredInstant(rs, "entered_at"));
  }

  /** Which tokens the filter means, after the processes, whose keys are arguments already. */
  private static String meant(FlowFilter filter, List<Object> arguments) {
    return " WHERE e.process_key IN ("
        + Sql.marks(filter.processKeys().size())
        + ")"
        + payersMeant(filter, arguments);
  }

  /** Conditions on the payers p and on who has the task of a token o. */
  private static String payersMeant(FlowFilter filter, List<Object> arguments) {
    StringBuilder where = new StringBuilder();
    if (filter.creditorId() != null) {
      where.append(" AND p.creditor_id = ?");
      arguments.add(filter.creditorId());
    }
    if (filter.segment() != null) {
      where.append(" AND p.segment = ?");
      arguments.add(filter.segment());
    }
    if (filter.band() != null) {
      where.append(
          " AND (SELECT c.band FROM payer_score c WHERE c.payer_id = p.id ORDER BY c.as_of DESC LIMIT 1) = ?");
      arguments.add(filter.band());
    }
    if (filter.agent() != null) {
      where.append(
          " AND EXISTS (SELECT 1 FROM engine_user_task t WHERE t.process_instance_key = o.process_instance_key"
              + " AND t.element_instance_key = o.element_instance_key AND t.assignee = ?)");
      arguments.add(filter.agent());
    }
    return where.toString();
  }

  static Money money(BigDecimal amount, String currency) {
    return Money.of(amount.stripTrailingZeros(), currency);
  }
}
