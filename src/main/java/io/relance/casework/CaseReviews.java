package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes down what a person decides at the end of the road: kept until a day, written off, or to be
 * handed over, which legal-handover begins with a formal notice. What is kept comes back to a
 * person when its day has come, so that no case falls silent.
 */
@Component
public class CaseReviews {

  private static final int KEPT_DAYS = 30;
  private static final Set<String> ENDS = Set.of("written-off", "handed-over");

  /** What an agent decided. */
  public record Review(
      @Nullable String outcome,
      @Nullable String keepUntil,
      @Nullable String note,
      @Nullable String completedBy) {}

  /**
   * What follows.
   *
   * @param ends whether the case ends
   * @param on when it comes back to a person
   */
  public record Decided(boolean ends, Instant on) {}

  private final Cases cases;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Balances balances;
  private final Holds holds;
  private final CaseChanges changes;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final InstantSource clock;

  CaseReviews(
      Cases cases,
      Invoices invoices,
      Creditors creditors,
      Balances balances,
      Holds holds,
      CaseChanges changes,
      TaskAnswers answers,
      Timeline timeline,
      InstantSource clock) {
    this.cases = cases;
    this.invoices = invoices;
    this.creditors = creditors;
    this.balances = balances;
    this.holds = holds;
    this.changes = changes;
    this.answers = answers;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Ends the collection of an invoice by a manager's word, wherever its case is.
   *
   * @throws IllegalArgumentException without a reason, for another outcome than written-off or
   *     handed-over, or if the invoice is settled or ended already
   */
  @Transactional
  public void conclude(
      long invoiceId, @Nullable String outcome, @Nullable String note, Actor actor) {
    if (outcome == null || !ENDS.contains(outcome)) {
      throw new IllegalArgumentException(
          "outcome is '" + outcome + "': it is written-off or handed-over");
    }
    if (note == null || note.isBlank()) {
      throw new IllegalArgumentException("note is missing: say why collection ends");
    }
    Invoice before = invoices.findById(invoiceId).orElseThrow();
    balances.lock(List.of(before.payerId()));
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    if (invoice.isSettled() || invoice.outcome() != null) {
      throw new IllegalArgumentException(
          "invoice "
              + invoice.number()
              + " is "
              + (invoice.outcome() == null ? "settled" : invoice.outcome())
              + " already");
    }
    balances.conclude(invoice, outcome);
    timeline.tell(
        invoice.payerId(),
        invoiceId,
        "decision",
        actor,
        "Decided: " + outcome + TaskAnswers.noted(note),
        "concluded-" + invoiceId + "-" + clock.instant().toEpochMilli(),
        null);
    changes.ofInvoice(invoiceId);
  }

  /** Records the decision of one task, once. */
  @Transactional
  public Decided record(
      long caseId, Review review, long elementInstanceKey, long processInstanceKey) {
    CollectionCase found = cases.find(caseId).orElseThrow();
    Invoice invoice = invoices.findById(found.invoiceId()).orElseThrow();
    BusinessCalendar calendar = creditors.findById(invoice.creditorId()).orElseThrow().calendar();
    LocalDate today = calendar.dateOf(clock.instant());
    Actor actor = answers.whoCompleted(review.completedBy(), processInstanceKey);
    balances.lock(List.of(found.payerId()));
    boolean ends = "written-off".equals(review.outcome());
    boolean handsOver = "hand-over".equals(review.outcome());
    LocalDate until =
        Objects.requireNonNullElse(
            TaskAnswers.dateOf(review.keepUntil(), today), today.plusDays(KEPT_DAYS));
    timeline.tell(
        found.payerId(),
        found.invoiceId(),
        "decision",
        actor,
        "Decided: "
            + (ends ? "written-off" : handsOver ? "hand it over" : "kept until " + until)
            + TaskAnswers.noted(review.note()),
        "review-" + elementInstanceKey,
        null);
    if (ends) {
      balances.conclude(invoice, "written-off");
    } else if (!handsOver) {
      // its last day is the day before, so that it comes back on the day that was named
      LocalDate last = until.isAfter(today) ? until.minusDays(1) : today;
      holds.place(
          found.payerId(),
          invoice.id(),
          "kept",
          review.note() == null || review.note().isBlank() ? "kept by decision" : review.note(),
          last,
          "review-" + elementInstanceKey,
          actor);
      changes.factsOf(found.payerId());
    }
    Instant on = CaseTimes.opening(calendar, until, found.payerId());
    cases.nextStepAt(caseId, on);
    return new Decided(ends, on);
  }
}
