package io.relance.casework.prevention;

import io.relance.casework.AccountOwners;
import io.relance.casework.CaseTimes;
import io.relance.casework.PaymentPromises;
import io.relance.casework.PromisePolicy;
import io.relance.casework.Subjects;
import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.casework.calls.CallLog;
import io.relance.casework.difficulties.Difficulties;
import io.relance.casework.disputes.Disputes;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Reachability;
import io.relance.scoring.PayerScore;
import io.relance.scoring.PayerScores;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The steps of prevention, each idempotent. */
@Component
class PreventionSteps {

  private static final Map<String, String> WORDS =
      Map.of(
          "confirmed", "it will be paid on its day",
          "later", "it will be paid later",
          "disputes", "they dispute it",
          "difficulty", "they are in difficulty",
          "skipped", "not done",
          "missed", "not done in time");
  private static final Set<String> SPOKEN = Set.of("confirmed", "later", "disputes", "difficulty");
  private static final int ANSWER_WITHIN_DAYS = 3;

  /**
   * What the model knows of an invoice that is not due yet.
   *
   * @param runs whether there is anything to prevent
   * @param daysToDue days until the due day; 0 on it
   * @param termDays days from issue to due
   * @param stepsDone steps that were taken
   * @param owner login of who looks after the account; empty for nobody
   * @param dueAt the morning of the due day
   * @param answerBy when a person's step is given up: three business days from now
   * @param reachableBy channels that the payer has an address of and does not refuse
   */
  record Situation(
      boolean runs,
      int daysToDue,
      int termDays,
      String band,
      String amountBand,
      String segment,
      String tenure,
      List<String> stepsDone,
      String owner,
      String dueAt,
      String answerBy,
      List<String> reachableBy) {}

  /** What prevention.dmn says. */
  record Preventive(
      @Nullable String step,
      @Nullable String action,
      @Nullable String tone,
      @Nullable Integer nextDay) {}

  /**
   * What a person took down.
   *
   * @param reason code of what is disputed
   * @param nonpaymentReason code of why it will not be paid on its day
   */
  record Contact(
      @Nullable String outcome,
      @Nullable String reason,
      @Nullable String nonpaymentReason,
      @Nullable String expectedOn,
      @Nullable String note,
      @Nullable String completedBy) {}

  private final PreventionStore store;
  private final Prevention prevention;
  private final Invoices invoices;
  private final Payers payers;
  private final Creditors creditors;
  private final PayerScores scores;
  private final Reachability reachability;
  private final AccountOwners logins;
  private final PaymentPromises promises;
  private final PromisePolicy promisePolicy;
  private final CallLog calls;
  private final Disputes disputes;
  private final Difficulties difficulties;
  private final Balances balances;
  private final Subjects subjects;
  private final TaskAnswers answers;
  private final Timeline timeline;
  private final InstantSource clock;

  PreventionSteps(
      PreventionStore store,
      Prevention prevention,
      Invoices invoices,
      Payers payers,
      Creditors creditors,
      PayerScores scores,
      Reachability reachability,
      AccountOwners logins,
      PaymentPromises promises,
      PromisePolicy promisePolicy,
      CallLog calls,
      Disputes disputes,
      Difficulties difficulties,
      Balances balances,
      Subjects subjects,
      TaskAnswers answers,
      Timeline timeline,
      InstantSource clock) {
    this.store = store;
    this.prevention = prevention;
    this.invoices = invoices;
    this.payers = payers;
    this.creditors = creditors;
    this.scores = scores;
    this.reachability = reachability;
    this.logins = logins;
    this.promises = promises;
    this.promisePolicy = promisePolicy;
    this.calls = calls;
    this.disputes = disputes;
    this.difficulties = difficulties;
    this.balances = balances;
    this.subjects = subjects;
    this.answers = answers;
    this.timeline = timeline;
    this.clock = clock;
  }

  @Transactional
  Situation read(long preventionId, long processInstanceKey) {
    PreventionStore.Row row = store.find(preventionId).orElseThrow();
    subjects.keep(processInstanceKey, row.payerId(), row.invoiceId());
    store.heldBy(preventionId, processInstanceKey);
    Invoice invoice = invoices.findById(row.invoiceId()).orElseThrow();
    Payer payer = payers.findById(row.payerId()).orElseThrow();
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    boolean needless = prevention.isNeedless(invoice);
    if (needless) {
      prevention.finish(preventionId, prevention.endOf(invoice));
    }
    PayerScore score = scores.scoreOf(row.payerId(), today);
    return new Situation(
        row.isOpen() && !needless,
        (int) ChronoUnit.DAYS.between(today, invoice.dueDate()),
        (int) ChronoUnit.DAYS.between(invoice.issueDate(), invoice.dueDate()),
        score.band(),
        creditor.amountBand(invoice.open()),
        payer.segment() == null ? "" : payer.segment(),
        score.tenure(),
        store.stepsOf(preventionId),
        logins.ownerOf(payer),
        creditor.calendar().opening(invoice.dueDate()).toString(),
        creditor
            .calendar()
            .opening(creditor.calendar().plusBusinessDays(today, ANSWER_WITHIN_DAYS))
            .toString(),
        reachability.wanted(row.payerId()).stream().map(Channel::word).toList());
  }

  /** Keeps the step; returns when the next one comes, or null after the last. */
  @Transactional
  @Nullable String record(long preventionId, Preventive preventive) {
    PreventionStore.Row row = store.find(preventionId).orElseThrow();
    Invoice invoice = invoices.findById(row.invoiceId()).orElseThrow();
    if (preventive.step() != null) {
      store.record(preventionId, preventive.step());
      timeline.tell(
          row.payerId(),
          row.invoiceId(),
          "prevention",
          Actor.system("casework"),
          "Before due: " + preventive.step(),
          "prevention-" + preventionId + "-" + preventive.step(),
          null);
    }
    if (preventive.nextDay() == null) {
      prevention.finish(preventionId, "done");
      return null;
    }
    BusinessCalendar calendar = creditors.findById(invoice.creditorId()).orElseThrow().calendar();
    LocalDate day = invoice.dueDate().plusDays(preventive.nextDay());
    LocalDate tomorrow = calendar.dateOf(clock.instant()).plusDays(1);
    return CaseTimes.opening(calendar, day.isBefore(tomorrow) ? tomorrow : day, row.payerId())
        .toString();
  }

  /** Keeps what the account said, once a task. */
  @Transactional
  void recordContact(
      long preventionId, Contact contact, long elementInstanceKey, long processInstanceKey) {
    PreventionStore.Row row = store.find(preventionId).orElseThrow();
    balances.lock(List.of(row.payerId()));
    Invoice invoice = invoices.findById(row.invoiceId()).orElseThrow();
    LocalDate today =
        creditors.findById(invoice.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
    Actor actor = answers.whoCompleted(contact.completedBy(), processInstanceKey);
    String outcome = String.valueOf(contact.outcome());
    LocalDate expectedOn = TaskAnswers.dateOf(contact.expectedOn(), today);
    timeline.tell(
        row.payerId(),
        row.invoiceId(),
        "key-account",
        actor,
        "Key account: "
            + WORDS.getOrDefault(outcome, "nothing was taken down")
            + (outcome.equals("later") && expectedOn != null ? ", on " + expectedOn : "")
            + TaskAnswers.noted(contact.note()),
        "prevention-contact-" + elementInstanceKey,
        null);
    String source = "prevention-" + preventionId + "-" + elementInstanceKey;
    if (SPOKEN.contains(outcome)) {
      calls.note(
          row.payerId(),
          elementInstanceKey,
          outcome,
          contact.nonpaymentReason(),
          contact.note(),
          actor);
    }
    if (outcome.equals("later") && expectedOn != null && invoice.isLive()) {
      if (promisePolicy.speaksAgainst(row.payerId(), expectedOn) == null) {
        promises.make(row.payerId(), List.of(invoice), expectedOn, null, source, actor);
      }
    } else if (outcome.equals("disputes") && invoice.isLive()) {
      String reason =
          contact.reason() == null || contact.reason().isBlank() ? "other" : contact.reason();
      disputes.open(invoice.id(), reason, null, contact.note(), source, actor);
    } else if (outcome.equals("difficulty")) {
      difficulties.announce(row.payerId(), contact.note(), source, actor);
    }
  }
}
