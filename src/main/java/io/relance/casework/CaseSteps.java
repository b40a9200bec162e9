package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.RequestDropped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What happens to a case on its way: claimed, steps recorded, closed. All of it idempotent. */
@Component
public class CaseSteps {

  private static final int REVIEW_AFTER_DAYS = 30;

  /**
   * What the treatment decision says.
   *
   * @param step its name, or null if none is due
   * @param nextDay days overdue at which the next step comes, or null after the last
   * @param nextAfter business days that must lie between the last step taken and the next one; null
   *     for none
   */
  public record Treatment(
      @Nullable String step,
      String action,
      @Nullable String tone,
      @Nullable List<String> skipped,
      @Nullable Integer nextDay,
      @Nullable Integer nextAfter) {}

  private final Cases cases;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Subjects subjects;
  private final Timeline timeline;
  private final InstantSource clock;

  CaseSteps(
      Cases cases,
      Invoices invoices,
      Creditors creditors,
      Subjects subjects,
      Timeline timeline,
      InstantSource clock) {
    this.cases = cases;
    this.invoices = invoices;
    this.creditors = creditors;
    this.subjects = subjects;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Gives the case to the process that asks; false if it is another's, closed, or has become
   * needless.
   */
  @Transactional
  public boolean open(long caseId, long processInstanceKey) {
    CollectionCase found = cases.find(caseId).orElseThrow();
    boolean ours =
        cases.claim(caseId, processInstanceKey)
            || (found.isLive() && cases.takeOver(caseId, processInstanceKey));
    if (!ours) {
      return false;
    }
    subjects.keep(processInstanceKey, found.payerId(), found.invoiceId());
    Invoice invoice = invoices.findById(found.invoiceId()).orElseThrow();
    if (invoice.isSettled()) {
      cases.close(caseId, "settled");
      return false;
    }
    timeline.tell(
        found.payerId(),
        found.invoiceId(),
        "collection-started",
        Actor.system("casework"),
        "Collection started; overdue since " + invoice.dueDate(),
        "case-" + caseId + "-started",
        null);
    return true;
  }

  /**
   * Records the step that is taken and those that were passed over; returns when the next one
   * comes.
   */
  @Transactional
  public Instant recordStep(long caseId, Treatment treatment) {
    CollectionCase found = cases.find(caseId).orElseThrow();
    Invoice invoice = invoices.findById(found.invoiceId()).orElseThrow();
    BusinessCalendar calendar = calendarOf(invoice);
    LocalDate today = calendar.dateOf(clock.instant());
    int daysOverdue = invoice.daysOverdue(today);
    for (String skipped : treatment.skipped() == null ? List.<String>of() : treatment.skipped()) {
      if (cases.recordStep(caseId, skipped, "skipped", daysOverdue)) {
        timeline.tell(
            found.payerId(),
            found.invoiceId(),
            "step-skipped",
            Actor.system("casework"),
            "Step '" + skipped + "' was passed over: a later one is due",
            "case-" + caseId + "-skipped-" + skipped,
            null);
      }
    }
    if (treatment.step() != null) {
      cases.recordStep(caseId, treatment.step(), "taken", daysOverdue);
    }
    LocalDate next =
        treatment.nextDay() == null
            ? today.plusDays(REVIEW_AFTER_DAYS)
            : invoice.dueDate().plusDays(treatment.nextDay());
    LocalDate earliest = earliest(caseId, treatment, calendar, today);
    return wait(found, calendar, next.isBefore(earliest) ? earliest : next);
  }

  /** Tomorrow, or the day that leaves as much room after the last step as the plan wants. */
  private LocalDate earliest(
      long caseId, Treatment treatment, BusinessCalendar calendar, LocalDate today) {
    LocalDate tomorrow = today.plusDays(1);
    Instant last = cases.lastTakenAt(caseId);
    if (last == null || treatment.nextAfter() == null) {
      return tomorrow;
    }
    LocalDate roomAfter = calendar.plusBusinessDays(calendar.dateOf(last), treatment.nextAfter());
    return roomAfter.isBefore(tomorrow) ? tomorrow : roomAfter;
  }

  private Instant wait(CollectionCase found, BusinessCalendar calendar, LocalDate day) {
    Instant at = CaseTimes.opening(calendar, day, found.payerId());
    cases.nextStepAt(found.id(), at);
    return at;
  }

  /**
   * The step that asked for it counts as not done: it is due again when nothing stands against it.
   */
  @EventListener
  public void on(RequestDropped dropped) {
    cases.takeAgain(dropped.invoiceId(), dropped.requestedAt());
  }

  /** Ends the case for what the facts say: settled, or concluded by decision. */
  @Transactional
  public void close(long caseId) {
    CollectionCase found = cases.find(caseId).orElseThrow();
    Invoice invoice = invoices.findById(found.invoiceId()).orElseThrow();
    // what ended it may have been taken back since
    String reason =
        invoice.isSettled() ? "settled" : invoice.outcome() == null ? "reopened" : "concluded";
    if (cases.close(caseId, reason)) {
      timeline.tell(
          found.payerId(),
          found.invoiceId(),
          "collection-ended",
          Actor.system("casework"),
          "Collection ended: " + reason,
          "case-" + caseId + "-closed",
          null);
    }
  }

  private BusinessCalendar calendarOf(Invoice invoice) {
    return creditors.findById(invoice.creditorId()).orElseThrow().calendar();
  }
}
