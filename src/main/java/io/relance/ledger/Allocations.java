package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows that say why what is open of an invoice changed. */
@Component
class Allocations {

  private final JdbcTemplate jdbc;

  Allocations(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a row.
   *
   * @param less how much less is open by it
   * @return false if there is one of that reference, which counts once
   */
  boolean add(
      long invoiceId,
      String kind,
      Money less,
      LocalDate on,
      String reference,
      Actor actor,
      Instant at) {
    return jdbc.update(
            """
            INSERT IGNORE INTO allocation (invoice_id, kind, amount, currency, booked_on, reference, actor, created_at)
            VALUES (?,?,?,?,?,?,?,?)
            """,
            invoiceId,
            kind,
            less.amount(),
            less.currencyCode(),
            on,
            reference,
            actor.name(),
            Sql.timestamp(at))
        == 1;
  }
}
