package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payers;
import io.relance.outreach.WorkingChannels;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Reachability;
import io.relance.scoring.PayerScore;
import io.relance.scoring.PayerScores;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
   * @param segment of the payer, as the ledger names it; empty if it does not
   * @param tenure {@code new}, {@code established} or {@code loyal}
   * @param brokenPromises of the payer, within the last year
   * @param stepsDone steps taken or passed over
   * @param workdaysSinceStep business days since the last step that was taken; null before the
   *     first
   * @param channel the written channel that works best with this payer; null if none can be used
   * @param reachableBy channels that the payer has an address of and does not refuse
   * @param hold {@code none}, or why nothing may happen now: {@code settled}, {@code hold}, {@code
   *     disputed}, {@code plan}, {@code promise}, {@code handover}
   * @param recheckAt when to look again while on hold
   */
  public record Situation(
      String businessDate,
      String band,
      String amountBand,
      String segment,
      String tenure,
      int brokenPromises,
      int daysOverdue,
      List<String> stepsDone,
      @Nullable Integer workdaysSinceStep,
      @Nullable String channel,
      List<String> reachableBy,
      String hold,
      String recheckAt) {}

  private final Cases cases;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Payers payers;
  private final PayerScores scores;
  private final CaseHolds holds;
  private final WorkingChannels working;
  private final Reachability reachability;
  private final Timeline timeline;
  private final InstantSource clock;

  Situations(
      Cases cases,
      Invoices invoices,
      Creditors creditors,
      Payers payers,
      PayerScores scores,
      CaseHolds holds,
      WorkingChannels working,
      Reachability reachability,
      Timeline timeline,
      InstantSource clock) {
    this.cases = cases;
    this.invoices = invoices;
    this.creditors = creditors;
    this.payers = payers;
    this.scores = scores;
    this.holds = holds;
    this.working = working;
    this.reachability = reachability;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** What the case's process is told; a hold is written down for the case's people. */
  @Transactional
  public Situation read(long caseId, long invoiceId) {
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    BusinessCalendar calendar = creditors.findById(invoice.creditorId()).orElseThrow().calendar();
    Standing.Hold hold = holds.of(invoice, calendar.dateOf(clock.instant()));
    if (hold.holds()) {
      timeline.tell(
          invoice.payerId(),
          invoiceId,
          "on-hold",
          Actor.system("casework"),
          "No reminder while: " + hold.words() + ". Looked at again on " + hold.recheckOn(),
          "hold-" + caseId + "-" + hold.reason() + "-" + hold.recheckOn(),
          null);
      cases.nextStepAt(caseId, CaseTimes.opening(calendar, hold.recheckOn(), invoice.payerId()));
    }
    return of(caseId, invoice, hold, calendar.dateOf(clock.instant()));
  }

  /** The same, and nothing is written. */
  Situation look(long caseId, long invoiceId) {
    return expect(caseId, invoiceId, clock.instant());
  }

  /** What it will be at a moment if nothing changes until then. */
  Situation expect(long caseId, long invoiceId, Instant at) {
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    BusinessCalendar calendar = creditors.findById(invoice.creditorId()).orElseThrow().calendar();
    LocalDate day = calendar.dateOf(at);
    return of(caseId, invoice, holds.of(invoice, day), day);
  }

  private Situation of(long caseId, Invoice invoice, Standing.Hold hold, LocalDate today) {
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    BusinessCalendar calendar = creditor.calendar();
    String segment = payers.findById(invoice.payerId()).orElseThrow().segment();
    PayerScore score = scores.scoreOf(invoice.payerId(), today);
    Instant recheckAt = CaseTimes.opening(calendar, hold.recheckOn(), invoice.payerId());
    Instant last = cases.lastTakenAt(caseId);
    Channel channel = hold.holds() ? null : working.best(invoice.payerId());
    return new Situation(
        today.toString(),
        score.band(),
        creditor.amountBand(invoice.open()),
        segment == null ? "" : segment,
        score.tenure(),
        score.brokenPromises(),
        invoice.daysOverdue(today),
        cases.stepsOf(caseId),
        last == null ? null : calendar.businessDaysBetween(calendar.dateOf(last), today),
        channel == null ? null : channel.word(),
        reachability.wanted(invoice.payerId()).stream().map(Channel::word).toList(),
        hold.reason(),
        recheckAt.toString());
  }
}
