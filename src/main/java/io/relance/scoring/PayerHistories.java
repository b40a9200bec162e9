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

  private List<PayerHistory.Item> invoices(long payerId, LocalDate asOf, ZoneId zone) {
    Instant ended = asOf.plusDays(1).atStartOfDay(zone).toInstant();
    return jdbc.query(
        """
        SELECT issue_date, due_date, settled_on, amount, currency, disputed OR was_disputed AS disputed, outcome, updated_at FROM invoice
        WHERE payer_id = ? AND amount > 0 AND issue_date <= ? AND issue_date > ?
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

  private List<LocalDate> broken(long payerId, LocalDate asOf) {
    return jdbc.queryForList(
        "SELECT decided_on FROM promise WHERE payer_id = ? AND state = 'broken' AND decided_on <= ?",
        LocalDate.class,
        payerId,
        asOf);
  }
}
