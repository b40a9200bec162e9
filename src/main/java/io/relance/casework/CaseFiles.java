package io.relance.casework;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** Invoices with what becomes of them: their status, the step they are at, and their process. */
@Component
public class CaseFiles {

  private static final Set<String> STATUSES =
      Set.of(
          "open",
          "overdue",
          "promised",
          "disputed",
          "suspended",
          "paid",
          "written-off",
          "handed-over",
          "plan");

  /**
   * An invoice and its case.
   *
   * @param stage the last step taken, or null
   */
  public record File(
      String number,
      String customerId,
      String customerName,
      String status,
      LocalDate issueDate,
      LocalDate dueDate,
      String amount,
      String openAmount,
      String currency,
      boolean disputed,
      @Nullable LocalDate settledOn,
      @Nullable String stage,
      @Nullable String processInstanceKey,
      @Nullable Instant nextStepAt) {}

  /** A page of them; the total is exact up to ten thousand. */
  public record Page(List<File> items, long total) {}

  private static final String FROM =
      """
       FROM invoice i JOIN payer p ON p.id = i.payer_id
      LEFT JOIN collection_case c ON c.invoice_id = i.id AND c.live = 1
      """;

  /** Asks for today. */
  private static final String HELD =
      " (p.insolvent_since >= i.issue_date AND p.insolvent_until IS NULL OR EXISTS (SELECT 1 FROM collection_hold h WHERE h.payer_id = i.payer_id"
          + " AND (h.invoice_id IS NULL OR h.invoice_id = i.id) AND h.ended_on IS NULL AND h.until_date >= ?))";

  private static final String COLUMNS =
      """
      SELECT i.id, i.number, p.number AS customer_id, p.name AS customer_name, i.issue_date, i.due_date, i.amount, i.open_amount,
        i.currency, i.disputed, i.settled_on, i.outcome, c.process_instance_key, c.next_step_at,
        EXISTS (SELECT 1 FROM promise r WHERE r.invoice_id = i.id AND r.state = 'open') AS promised,
        EXISTS (SELECT 1 FROM payment_plan_item x WHERE x.invoice_id = i.id AND x.live = 1) AS planned,
      """
          + HELD
          + """
       AS held,
        (SELECT s.step FROM case_step s JOIN collection_case k ON k.id = s.case_id
         WHERE k.invoice_id = i.id AND s.state = 'taken' ORDER BY s.id DESC LIMIT 1) AS stage
      """;

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final InstantSource clock;

  CaseFiles(JdbcTemplate jdbc, Creditors creditors, InstantSource clock) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.clock = clock;
  }

  public Optional<File> find(String number) {
    return jdbc
        .query(
            COLUMNS + FROM + " WHERE i.number = ? ORDER BY i.creditor_id LIMIT 1",
            mapper(),
            today(),
            number)
        .stream()
        .findFirst();
  }

  public Page list(@Nullable String status, @Nullable String customer, int page, int size) {
    if (status != null && !STATUSES.contains(status)) {
      throw new IllegalArgumentException(
          "status can be one of " + new java.util.TreeSet<>(STATUSES) + ", not '" + status + "'");
    }
    Sql.requirePage(page, size);
    List<Object> arguments = new ArrayList<>();
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    if (customer != null) {
      where.append(" AND p.number = ?");
      arguments.add(customer);
    }
    if (status != null) {
      where.append(condition(status, arguments));
    }
    Long total =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM (SELECT 1" + FROM + where + " LIMIT 10000) counted",
            Long.class,
            arguments.toArray());
    arguments.addFirst(today()); // of the columns
    arguments.add(size);
    arguments.add(page * size);
    return new Page(
        jdbc.query(
            COLUMNS + FROM + where + " ORDER BY i.due_date, i.id LIMIT ? OFFSET ?",
            mapper(),
            arguments.toArray()),
        total == null ? 0 : total);
  }

  private String condition(String status, List<Object> arguments) {
    String open = " AND i.settled_on IS NULL AND i.outcome IS NULL";
    String promised =
        " EXISTS (SELECT 1 FROM promise r WHERE r.invoice_id = i.id AND r.state = 'open')";
    String planned =
        " EXISTS (SELECT 1 FROM payment_plan_item x WHERE x.invoice_id = i.id AND x.live = 1)";
    String agreed = " AND NOT" + promised + " AND NOT" + planned;
    return switch (status) {
      case "paid" -> " AND i.settled_on IS NOT NULL";
      case "written-off", "handed-over" -> {
        arguments.add(status);
        yield " AND i.outcome = ?";
      }
      case "disputed" -> open + " AND i.disputed = TRUE";
      case "plan" -> open + " AND i.disputed = FALSE AND" + planned;
      case "promised" -> open + " AND i.disputed = FALSE AND" + promised + " AND NOT" + planned;
      case "overdue" -> {
        arguments.addAll(List.of(today(), today()));
        yield open + " AND i.disputed = FALSE AND i.due_date < ?" + agreed + " AND NOT" + HELD;
      }
      case "open" -> {
        arguments.addAll(List.of(today(), today()));
        yield open + " AND i.disputed = FALSE AND i.due_date >= ?" + agreed + " AND NOT" + HELD;
      }
      case "suspended" -> {
        arguments.add(today());
        yield open + " AND i.disputed = FALSE" + agreed + " AND" + HELD;
      }
      default -> throw new IllegalStateException(status);
    };
  }

  private LocalDate today() {
    return creditors.findAll().getFirst().calendar().dateOf(clock.instant());
  }

  private RowMapper<File> mapper() {
    LocalDate today = today();
    return (rs, n) -> {
      LocalDate due = Sql.requiredDate(rs, "due_date");
      LocalDate settled = Sql.date(rs, "settled_on");
      String outcome = rs.getString("outcome");
      String status =
          settled != null
              ? "paid"
              : outcome != null
                  ? outcome
                  : rs.getBoolean("disputed")
                      ? "disputed"
                      : rs.getBoolean("planned")
                          ? "plan"
                          : rs.getBoolean("promised")
                              ? "promised"
                              : rs.getBoolean("held")
                                  ? "suspended"
                                  : due.isBefore(today) ? "overdue" : "open";
      Long process = Sql.number(rs, "process_instance_key");
      String currency = rs.getString("currency");
      return new File(
          rs.getString("number"),
          rs.getString("customer_id"),
          rs.getString("customer_name"),
          status,
          Sql.requiredDate(rs, "issue_date"),
          due,
          Money.of(rs.getBigDecimal("amount"), currency).plain(),
          Money.of(rs.getBigDecimal("open_amount"), currency).plain(),
          currency,
          rs.getBoolean("disputed"),
          settled,
          rs.getString("stage"),
          process == null ? null : process.toString(),
          Sql.instant(rs, "next_step_at"));
    };
  }
}
