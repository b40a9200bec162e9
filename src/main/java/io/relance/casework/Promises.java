package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.outreach.ContactBlocks;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Promises to pay: while one runs, and two business days beyond, the payer is not reminded of that
 * invoice.
 */
@Component
public class Promises implements ContactBlocks {

  static final int GRACE_DAYS = 2;

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final InstantSource clock;

  Promises(JdbcTemplate jdbc, Creditors creditors, InstantSource clock) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.clock = clock;
  }

  void record(Invoice invoice, LocalDate promisedFor, Actor actor, long elementInstanceKey) {
    // the same day said once more, by whatever job, is the same promise
    Long said =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM promise WHERE invoice_id = ? AND state = 'open' AND promised_for = ?",
            Long.class,
            invoice.id(),
            promisedFor);
    if (said != null && said > 0) {
      return;
    }
    jdbc.update(
        "UPDATE promise SET state = 'replaced', decided_on = ? WHERE invoice_id = ? AND state = 'open' AND element_instance_key <> ?",
        calendarOf(invoice).dateOf(clock.instant()),
        invoice.id(),
        elementInstanceKey);
    jdbc.update(
        """
        INSERT IGNORE INTO promise (invoice_id, payer_id, promised_for, state, actor, element_instance_key, created_at)
        VALUES (?,?,?,'open',?,?,?)
        """,
        invoice.id(),
        invoice.payerId(),
        promisedFor,
        actor.name(),
        elementInstanceKey,
        Sql.timestamp(clock.instant()));
  }

  /** The day on which an unkept promise counts as broken; empty if none runs. */
  Optional<LocalDate> brokenFrom(Invoice invoice) {
    return jdbc
        .queryForList(
            "SELECT MAX(promised_for) FROM promise WHERE invoice_id = ? AND state = 'open'",
            LocalDate.class,
            invoice.id())
        .stream()
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .map(day -> afterGrace(invoice, day));
  }

  private LocalDate afterGrace(Invoice invoice, LocalDate promisedFor) {
    BusinessCalendar calendar = calendarOf(invoice);
    LocalDate day = promisedFor;
    for (int i = 0; i <= GRACE_DAYS; i++) {
      day = calendar.businessDayOnOrAfter(day.plusDays(1));
    }
    return day;
  }

  private BusinessCalendar calendarOf(Invoice invoice) {
    return creditors.findById(invoice.creditorId()).orElseThrow().calendar();
  }

  /** True if a promise broke just now. */
  boolean breakOverdue(Invoice invoice, LocalDate today) {
    Optional<LocalDate> from = brokenFrom(invoice);
    return from.isPresent()
        && !today.isBefore(from.get())
        && jdbc.update(
                "UPDATE promise SET state = 'broken', decided_on = ? WHERE invoice_id = ? AND state = 'open'",
                today,
                invoice.id())
            > 0;
  }

  @Override
  public Optional<String> blocking(Invoice invoice, LocalDate day) {
    Integer excluded =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM collection_exclusion WHERE invoice_id = ? AND (until_date IS NULL OR until_date >= ?)",
            Integer.class,
            invoice.id(),
            day);
    if (excluded != null && excluded > 0) {
      return Optional.of("excluded from collection");
    }
    return brokenFrom(invoice).filter(day::isBefore).map(until -> "a promise to pay runs");
  }
}
