package io.relance.casework;

import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads which promises to pay and payment plans run: while a plan does, or a promise and two
 * business days beyond, the payer is not reminded of that invoice.
 */
@Component
class Promises {

  static final int GRACE_DAYS = 2;

  private final JdbcTemplate jdbc;
  private final Creditors creditors;

  Promises(JdbcTemplate jdbc, Creditors creditors) {
    this.jdbc = jdbc;
    this.creditors = creditors;
  }

  /** The day on which an unkept promise counts as broken; empty if none runs. */
  Optional<LocalDate> brokenFrom(Invoice invoice) {
    return jdbc
        .queryForList(
            "SELECT MAX(promised_for) FROM promise WHERE invoice_id = ? AND state = 'open'",
            LocalDate.class,
            invoice.id())
        .stream()
        .filter(Objects::nonNull)
        .findFirst()
        .map(
            day ->
                brokenFrom(creditors.findById(invoice.creditorId()).orElseThrow().calendar(), day));
  }

  /** The business day after the days of grace. */
  static LocalDate brokenFrom(BusinessCalendar calendar, LocalDate promisedFor) {
    return calendar.plusBusinessDays(promisedFor, GRACE_DAYS + 1);
  }

  /** Whether a payment plan of the invoice is proposed or runs. */
  boolean isInPlan(Invoice invoice) {
    return exists("payment_plan_item WHERE invoice_id = ? AND live = 1", invoice.id());
  }

  /** Whether the invoice is on its way to an agency, an insurer or a court. */
  boolean isBeingHandedOver(Invoice invoice) {
    return exists("handover WHERE invoice_id = ? AND live = 1", invoice.id());
  }

  /** Whether the payer announced a difficulty about which nobody has decided yet. */
  boolean isInDifficulty(Invoice invoice) {
    return exists("payer_difficulty WHERE payer_id = ? AND live = 1", invoice.payerId());
  }

  boolean isExcluded(Invoice invoice, LocalDate day) {
    return exists(
        "collection_exclusion WHERE invoice_id = ? AND (until_date IS NULL OR until_date >= ?)",
        invoice.id(),
        day);
  }

  private boolean exists(String rows, Object... arguments) {
    Integer found = jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Integer.class, arguments);
    return found != null && found > 0;
  }
}
