package io.relance.analytics.flow;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who waits at the elements of a model now, with what money, and who came to them. */
@Component
public class FlowWaiting {

  record Waits(long tokens, List<Money> money) {}

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

  FlowWaiting(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Who waits is chosen by whose case it is; a task's agent by who has it now. */
  Map<String, Waits> waits(FlowFilter filter) {
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
            of.money().add(Money.of(rs.getBigDecimal(3), rs.getString(2)));
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
        open == null ? null : Money.of(open, rs.getString("currency")),
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
}
