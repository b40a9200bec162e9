package io.relance.scoring;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads what was known of a payer at the end of a day. */
@Component
class PayerHistories {

  /** Older invoices would hardly weigh anything, and a payer may have thousands. */
  private static final int YEARS = 5;

  private final JdbcTemplate jdbc;

  PayerHistories(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty if there is no such payer. */
  Optional<PayerHistory> find(long payerId, LocalDate asOf) {
    return jdbc
        .query(
            "SELECT p.customer_since, c.zone FROM payer p JOIN creditor c ON c.id = p.creditor_id WHERE p.id = ?",
            (rs, n) ->
                new PayerHistory(
                    asOf,
                    Sql.date(rs, "customer_since"),
                    invoices(payerId, asOf, ZoneId.of(rs.getString("zone"))),
                    broken(payerId, asOf)),
            payerId)
        .stream()
        .findFirst();
  }

  /**
   * Invoices that say something of how the payer pays: neither one that is disputed as a whole, nor
   * one that was settled by credit notes for the most part.
   */
  private List<PayerHistory.Item> invoices(long payerId, LocalDate asOf, ZoneId zone) {
    Instant ended = asOf.plusDays(1).atStartOfDay(zone).toInstant();
    return jdbc.query(
        """
        SELECT i.issue_date, i.due_date, i.settled_on, i.amount, i.currency, i.disputed OR i.was_disputed AS disputed, i.outcome, i.updated_at
        FROM invoice i
        WHERE i.payer_id = ? AND i.amount > 0 AND i.issue_date <= ? AND i.issue_date > ?
          AND NOT (i.disputed AND i.settled_on IS NULL)
          AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.invoice_id = i.id AND a.kind = 'credit-note' AND i.settled_on IS NOT NULL
            GROUP BY a.invoice_id HAVING SUM(a.amount) * 2 > i.amount)
        """,
        (rs, n) -> {
          LocalDate settled = Sql.date(rs, "settled_on");
          // neither a dispute nor an outcome has a day of its own: known, if nothing changed since
          boolean known = Sql.requiredInstant(rs, "updated_at").isBefore(ended);
          boolean settledByThen = settled != null && !settled.isAfter(asOf);
          return new PayerHistory.Item(
              Sql.requiredDate(rs, "issue_date"),
              Sql.requiredDate(rs, "due_date"),
              settledByThen ? settled : null,
              rs.getBigDecimal("amount"),
              rs.getString("currency"),
              rs.getBoolean("disputed") && (known || settledByThen),
              known && rs.getString("outcome") != null);
        },
        payerId,
        asOf,
        asOf.minusYears(YEARS));
  }

  /** A promise for several invoices is one. */
  private List<LocalDate> broken(long payerId, LocalDate asOf) {
    return jdbc.queryForList(
        "SELECT MIN(decided_on) FROM promise WHERE payer_id = ? AND state = 'broken' AND decided_on <= ?"
            + " GROUP BY COALESCE(payment_promise_id, -id)",
        LocalDate.class,
        payerId,
        asOf);
  }
}
