package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Insolvency proceedings of payers. From their opening on nobody may press for what was owed before
 * (code de commerce, articles L622-7 and L622-21, and the like elsewhere): the cases of what was
 * issued up to that day keep still until somebody says that they are over. What is supplied later
 * is to be paid when it is due (article L622-17), and collected.
 */
@Component
public class Insolvencies {

  private static final int YEARS_BACK = 50;

  private final JdbcTemplate jdbc;
  private final Payers payers;
  private final Creditors creditors;
  private final Invoices invoices;
  private final PaymentPromises promises;
  private final Balances balances;
  private final CaseChanges changes;
  private final Timeline timeline;
  private final InstantSource clock;

  Insolvencies(
      JdbcTemplate jdbc,
      Payers payers,
      Creditors creditors,
      Invoices invoices,
      PaymentPromises promises,
      Balances balances,
      CaseChanges changes,
      Timeline timeline,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.payers = payers;
    this.creditors = creditors;
    this.invoices = invoices;
    this.promises = promises;
    this.balances = balances;
    this.changes = changes;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Notes that proceedings were opened, or corrects the day.
   *
   * @return false if that was known
   * @throws IllegalArgumentException if the day is missing, has not come yet, or is long past
   */
  @Transactional
  public boolean opened(
      long payerId, @Nullable LocalDate since, @Nullable String note, Actor actor) {
    LocalDate today = today(payerId);
    if (since == null || since.isAfter(today) || since.isBefore(today.minusYears(YEARS_BACK))) {
      throw new IllegalArgumentException(
          "since is "
              + (since == null ? "missing" : since)
              + ": the day on which the proceedings were opened, in the last "
              + YEARS_BACK
              + " years");
    }
    balances.lock(List.of(payerId)); // what is leaving is either before it or sees it
    Payer payer = payers.findById(payerId).orElseThrow();
    if (payer.isInsolvent() && since.equals(payer.insolventSince())) {
      return false;
    }
    jdbc.update(
        "UPDATE payer SET insolvent_since = ?, insolvent_until = NULL, updated_at = ? WHERE id = ?",
        since,
        Sql.timestamp(clock.instant()),
        payerId);
    promises.replace(invoices.openOf(payerId), today); // nobody may keep them now
    tell(payerId, actor, "Insolvent since " + since + TaskAnswers.noted(note));
    return true;
  }

  /** Notes that they are over; false if none were known. */
  @Transactional
  public boolean ended(long payerId, Actor actor) {
    balances.lock(List.of(payerId));
    if (!payers.findById(payerId).orElseThrow().isInsolvent()) {
      return false;
    }
    jdbc.update(
        "UPDATE payer SET insolvent_until = ?, updated_at = ? WHERE id = ?",
        today(payerId),
        Sql.timestamp(clock.instant()),
        payerId);
    tell(payerId, actor, "The insolvency proceedings are over");
    return true;
  }

  private LocalDate today(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar().dateOf(clock.instant());
  }

  private void tell(long payerId, Actor actor, String words) {
    timeline.tell(
        payerId,
        null,
        "insolvency",
        actor,
        words,
        "insolvency-" + payerId + "-" + clock.instant().toEpochMilli(),
        null);
    changes.ofPayer(payerId);
  }
}
