package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.scoring.PayerScore;
import io.relance.scoring.PayerScores;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what decisions need to know of a case, from the facts as they are now. */
@Component
public class Situations {

  /**
   * What the model knows of a case: routing facts only, never money.
   *
   * @param businessDate today in the creditor's zone
   * @param band of the payer's score, A to E
   * @param amountBand {@code small}, {@code standard} or {@code large}
   * @param stepsDone steps taken or passed over
   * @param hold {@code none}, or why nothing may happen now: {@code settled}, {@code disputed},
   *     {@code promise}, {@code credit}, {@code excluded}
   * @param recheckAt when to look again while on hold
   */
  public record Situation(
      String businessDate,
      String band,
      String amountBand,
      int daysOverdue,
      List<String> stepsDone,
      String hold,
      String recheckAt) {}

  private static final int DISPUTE_RECHECK_DAYS = 7;

  private final Cases cases;
  private final Invoices invoices;
  private final Creditors creditors;
  private final PayerScores scores;
  private final Promises promises;
  private final Timeline timeline;
  private final InstantSource clock;

  Situations(
      Cases cases,
      Invoices invoices,
      Creditors creditors,
      PayerScores scores,
      Promises promises,
      Timeline timeline,
      InstantSource clock) {
    this.cases = cases;
    this.invoices = invoices;
    this.creditors = creditors;
    this.scores = scores;
    this.promises = promises;
    this.timeline = timeline;
    this.clock = clock;
  }

  @Transactional
  public Situation read(long caseId, long invoiceId) {
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    BusinessCalendar calendar = creditor.calendar();
    Instant now = clock.instant();
    LocalDate today = calendar.dateOf(now);
    if (promises.breakOverdue(invoice, today)) {
      timeline.tell(
          invoice.payerId(),
          invoiceId,
          "promise-broken",
          Actor.system("casework"),
          "The promise to pay was not kept",
          "promise-broken-" + caseId + "-" + today,
          null);
    }
    PayerScore score = scores.scoreOf(invoice.payerId(), today);
    Hold hold = holdOf(invoice, today);
    if (!hold.reason().equals("none")) {
      timeline.tell(
          invoice.payerId(),
          invoiceId,
          "on-hold",
          Actor.system("casework"),
          "No reminder while: " + hold.reason() + ". Looked at again on " + hold.recheckOn(),
          "hold-" + caseId + "-" + hold.reason() + "-" + hold.recheckOn(),
          null);
    }
    Instant recheckAt = CaseTimes.opening(calendar, hold.recheckOn(), invoice.payerId());
    if (!hold.reason().equals("none")) {
      cases.nextStepAt(caseId, recheckAt);
    }
    return new Situation(
        today.toString(),
        score.band(),
        creditor.amountBand(invoice.open()),
        invoice.daysOverdue(today),
        cases.stepsOf(caseId),
        hold.reason(),
        recheckAt.toString());
  }

  private record Hold(String reason, LocalDate recheckOn) {}

  private Hold holdOf(Invoice invoice, LocalDate today) {
    LocalDate tomorrow = today.plusDays(1);
    if (invoice.isSettled() || invoice.outcome() != null) {
      return new Hold("settled", tomorrow);
    }
    if (invoice.disputed()) {
      return new Hold("disputed", today.plusDays(DISPUTE_RECHECK_DAYS));
    }
    LocalDate brokenFrom = promises.brokenFrom(invoice).orElse(null);
    if (brokenFrom != null && today.isBefore(brokenFrom)) {
      return new Hold("promise", brokenFrom);
    }
    if (!netOf(invoice).isPositive()) {
      return new Hold("credit", tomorrow);
    }
    return promises.blocking(invoice, today).isPresent()
        ? new Hold("excluded", tomorrow)
        : new Hold("none", tomorrow);
  }

  /** What the payer owes in the invoice's currency, credit notes deducted. */
  private Money netOf(Invoice invoice) {
    return invoices.openOf(invoice.payerId()).stream()
        .filter(i -> i.currency().equals(invoice.currency()))
        .map(Invoice::open)
        .reduce(Money.zero(invoice.open().currency()), Money::plus);
  }
}
