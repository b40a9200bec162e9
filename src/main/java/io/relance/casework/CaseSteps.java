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
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens to a case on its way: claimed, steps recorded, calls and decisions taken down,
 * closed. All of it idempotent.
 */
@Component
public class CaseSteps {

  private static final int REVIEW_AFTER_DAYS = 30;
  private static final int CALLS_MAX = 3;
  private static final int PROMISE_DAYS_MAX = 366;
  private static final Map<String, String> CALL_WORDS =
      Map.of(
          "promised", "promised to pay",
          "paid-already", "says it is paid",
          "disputes", "disputes the invoice",
          "no-answer", "no answer",
          "wrong-number", "wrong number",
          "call-back", "asks to be called back",
          "refuses", "refuses to pay");

  /**
   * What the treatment decision says.
   *
   * @param step its name, or null if none is due
   * @param nextDay days overdue at which the next step comes, or null after the last
   */
  public record Treatment(
      @Nullable String step,
      String action,
      @Nullable String tone,
      @Nullable List<String> skipped,
      @Nullable Integer nextDay) {}

  /** What an agent took down of a call. */
  public record Call(
      @Nullable String outcome,
      @Nullable String promisedFor,
      @Nullable String callBackOn,
      @Nullable String note,
      @Nullable String completedBy) {}

  /** What an agent decided at the end of the road. */
  public record Review(
      @Nullable String outcome,
      @Nullable String keepUntil,
      @Nullable String note,
      @Nullable String completedBy) {}

  private final Cases cases;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Balances balances;
  private final Promises promises;
  private final Timeline timeline;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  CaseSteps(
      Cases cases,
      Invoices invoices,
      Creditors creditors,
      Balances balances,
      Promises promises,
      Timeline timeline,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.cases = cases;
    this.invoices = invoices;
    this.creditors = creditors;
    this.balances = balances;
    this.promises = promises;
    this.timeline = timeline;
    this.jdbc = jdbc;
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
    LocalDate tomorrow = today.plusDays(1);
    return wait(found, calendar, next.isBefore(tomorrow) ? tomorrow : next);
  }

  private Instant wait(CollectionCase found, BusinessCalendar calendar, LocalDate day) {
    Instant at = CaseTimes.opening(calendar, day, found.payerId());
    cases.nextStepAt(found.id(), at);
    return at;
  }

  /** Takes down the outcome of a call and returns when the case goes on. */
  @Transactional
  public Instant recordCall(
      long caseId,
      Call call,
      @Nullable Treatment treatment,
      long elementInstanceKey,
      long processInstanceKey) {
    CollectionCase found = cases.find(caseId).orElseThrow();
    Invoice invoice = invoices.findById(found.invoiceId()).orElseThrow();
    BusinessCalendar calendar = calendarOf(invoice);
    LocalDate today = calendar.dateOf(clock.instant());
    String outcome = call.outcome() == null ? "no-answer" : call.outcome();
    Actor actor = whoCompleted(call.completedBy(), processInstanceKey);
    LocalDate promised = dateOf(call.promisedFor(), today);
    LocalDate next =
        switch (outcome) {
          case "promised" -> {
            if (promised == null) {
              yield today.plusDays(1); // no day, no promise: the call comes again
            }
            promises.record(invoice, promised, actor, elementInstanceKey);
            yield promises.brokenFrom(invoice).orElse(promised);
          }
          case "disputes" -> {
            balances.dispute(invoice);
            yield today.plusDays(7);
          }
          case "call-back" ->
              Objects.requireNonNullElse(dateOf(call.callBackOn(), today), today.plusDays(1));
          case "paid-already" -> today.plusDays(5);
          case "no-answer", "wrong-number" -> today.plusDays(1);
          default -> today.plusDays(2);
        };
    boolean again =
        switch (outcome) {
          case "no-answer", "call-back" -> true;
          case "promised" -> promised == null;
          default -> false;
        };
    if (again && treatment != null && treatment.step() != null) {
      cases.repeatStep(caseId, treatment.step(), CALLS_MAX, elementInstanceKey);
    }
    String said = CALL_WORDS.getOrDefault(outcome, outcome);
    String note = call.note() == null || call.note().isBlank() ? "" : ": " + call.note();
    String date =
        !outcome.equals("promised")
            ? ""
            : promised == null ? ", but named no day" : " by " + promised;
    timeline.tell(
        found.payerId(),
        found.invoiceId(),
        "call",
        actor,
        "Call: " + said + date + note,
        "call-" + elementInstanceKey,
        null);
    return wait(found, calendar, next.isAfter(today) ? next : today.plusDays(1));
  }

  /** Takes down what is to become of the case: goes on later, or ends. Returns when it goes on. */
  @Transactional
  public Instant recordReview(
      long caseId,
      Review review,
      @Nullable Treatment treatment,
      long elementInstanceKey,
      long processInstanceKey) {
    CollectionCase found = cases.find(caseId).orElseThrow();
    Invoice invoice = invoices.findById(found.invoiceId()).orElseThrow();
    LocalDate today = calendarOf(invoice).dateOf(clock.instant());
    String outcome = review.outcome() == null ? "keep" : review.outcome();
    LocalDate until =
        Objects.requireNonNullElse(
            dateOf(review.keepUntil(), today), today.plusDays(REVIEW_AFTER_DAYS));
    String note = review.note() == null || review.note().isBlank() ? "" : ": " + review.note();
    timeline.tell(
        found.payerId(),
        found.invoiceId(),
        "decision",
        whoCompleted(review.completedBy(), processInstanceKey),
        "Decided: " + (outcome.equals("keep") ? "kept until " + until : outcome) + note,
        "review-" + elementInstanceKey,
        null);
    if (!outcome.equals("keep")) {
      balances.conclude(invoice, outcome);
    } else if (treatment != null && treatment.step() != null) {
      cases.repeatStep(caseId, treatment.step(), Integer.MAX_VALUE, elementInstanceKey);
    }
    return wait(found, calendarOf(invoice), until.isAfter(today) ? until : today.plusDays(1));
  }

  @Transactional
  public void close(long caseId, String reason) {
    CollectionCase found = cases.find(caseId).orElseThrow();
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

  /**
   * A task may be completed here, in Tasklist or by the API: who did it is in the variable, or was
   * its assignee.
   */
  private Actor whoCompleted(@Nullable String login, long processInstanceKey) {
    if (login != null && !login.isBlank()) {
      return Actor.user(login);
    }
    List<String> assignees =
        jdbc.queryForList(
            "SELECT assignee FROM engine_user_task WHERE process_instance_key = ? AND assignee IS NOT NULL"
                + " ORDER BY user_task_key DESC LIMIT 1",
            String.class,
            processInstanceKey);
    return assignees.isEmpty() ? Actor.system("engine") : Actor.user(assignees.getFirst());
  }

  /** A day from today on, a year ahead at the most; null for anything else. */
  private static @Nullable LocalDate dateOf(@Nullable String text, LocalDate today) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text.substring(0, Math.min(10, text.length())));
      return date.isBefore(today) || date.isAfter(today.plusDays(PROMISE_DAYS_MAX)) ? null : date;
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  private BusinessCalendar calendarOf(Invoice invoice) {
    return creditors.findById(invoice.creditorId()).orElseThrow().calendar();
  }
}
