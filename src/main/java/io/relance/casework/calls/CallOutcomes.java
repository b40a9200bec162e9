package io.relance.casework.calls;

import io.relance.casework.Holds;
import io.relance.casework.PaymentPromises;
import io.relance.casework.PromisePolicy;
import io.relance.casework.TaskAnswers;
import io.relance.casework.difficulties.Difficulties;
import io.relance.casework.disputes.Disputes;
import io.relance.casework.plans.Instalment;
import io.relance.casework.plans.InstalmentSchedule;
import io.relance.casework.plans.PaymentPlans;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import io.relance.scoring.WarningSignals;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a call's outcome what follows from it: a promise, a plan, a dispute, a hold. */
@Component
class CallOutcomes {

  private static final int PAID_CLAIM_DAYS = 5;

  private final CallFacts facts;
  private final PaymentPromises promises;
  private final PromisePolicy promisePolicy;
  private final PaymentPlans plans;
  private final Holds holds;
  private final Disputes disputes;
  private final Difficulties difficulties;
  private final WarningSignals signals;

  CallOutcomes(
      CallFacts facts,
      PaymentPromises promises,
      PromisePolicy promisePolicy,
      PaymentPlans plans,
      Holds holds,
      Disputes disputes,
      Difficulties difficulties,
      WarningSignals signals) {
    this.facts = facts;
    this.promises = promises;
    this.promisePolicy = promisePolicy;
    this.plans = plans;
    this.holds = holds;
    this.disputes = disputes;
    this.difficulties = difficulties;
    this.signals = signals;
  }

  /**
   * What keeps the answer from being taken, in words that begin with the field; null if nothing
   * does. Where nothing is left to speak about, everything is fine.
   */
  @Nullable String problem(
      String outcome,
      long payerId,
      CallRecords.Answer answer,
      List<Invoice> concerned,
      LocalDate today) {
    if (concerned.isEmpty()) {
      return null;
    }
    return switch (outcome) {
      case "promised" -> problemOfPromise(answer, concerned, today);
      case "instalments" -> problemOfPlan(answer, concerned, today);
      case "disputes" -> problemOfDispute(payerId, answer);
      default -> null;
    };
  }

  private @Nullable String problemOfPromise(
      CallRecords.Answer answer, List<Invoice> concerned, LocalDate today) {
    LocalDate day = TaskAnswers.dateOf(answer.promisedFor(), today);
    if (day == null) {
      return "promisedFor is '%s': a promise names a day between today and a year ahead"
          .formatted(answer.promisedFor());
    }
    String against = promisePolicy.speaksAgainst(concerned.getFirst().payerId(), day);
    if (against != null) {
      return "promisedFor is " + day + ": " + against;
    }
    return PromisedAmounts.problem(answer.promisedAmount(), concerned);
  }

  private @Nullable String problemOfPlan(
      CallRecords.Answer answer, List<Invoice> concerned, LocalDate today) {
    ByCurrency asked = ByCurrency.of(concerned);
    for (List<Invoice> invoices : asked.invoices().values()) {
      try {
        if (isAgreed(answer)) {
          asked.requireMeant(agreed(answer), today);
        }
        instalments(invoices, answer, today);
      } catch (IllegalArgumentException impossible) {
        return (isAgreed(answer) ? "instalmentsAgreed: " : "instalmentCount: ")
            + impossible.getMessage();
      }
    }
    return null;
  }

  private @Nullable String problemOfDispute(long payerId, CallRecords.Answer answer) {
    String typed = answer.disputedAmount();
    Invoice chosen = chosen(payerId, answer.invoice());
    boolean named = answer.invoice() != null && !answer.invoice().isBlank();
    if (named && chosen == null) {
      return "disputedInvoice is '%s', of which nothing is open".formatted(answer.invoice());
    }
    if (chosen != null && disputes.liveOf(chosen.id()).isPresent()) {
      return "disputedInvoice is '%s', which is in dispute already".formatted(chosen.number());
    }
    if (typed == null || typed.isBlank()) {
      return null;
    }
    if (chosen == null) {
      return "disputedInvoice is missing: a part is disputed of one invoice";
    }
    return TaskAnswers.isNoAmount(typed, chosen.currency())
        ? "disputedAmount is '%s', which is no amount such as 1250 or 120.50".formatted(typed)
        : null;
  }

  private @Nullable Invoice chosen(long payerId, @Nullable String number) {
    return facts.openInvoices(payerId).stream()
        .filter(i -> i.number().equals(number))
        .findFirst()
        .orElse(null);
  }

  /**
   * To be called once an answer, with the payer locked.
   *
   * @param source names the call
   */
  void apply(
      String outcome,
      long payerId,
      List<Invoice> concerned,
      CallRecords.Answer answer,
      LocalDate today,
      String source,
      Actor actor) {
    switch (outcome) {
      case "promised" ->
          promises.make(
              payerId,
              concerned,
              Objects.requireNonNull(TaskAnswers.dateOf(answer.promisedFor(), today)),
              PromisedAmounts.of(answer.promisedAmount(), concerned),
              source,
              actor);
      case "instalments" -> propose(concerned, answer, today, source, actor);
      case "paid-already" -> holdAll(payerId, concerned, today, source, actor);
      case "disputes" -> dispute(payerId, concerned, answer, source, actor);
      case "difficulty" -> difficulties.announce(payerId, answer.note(), source, actor);
      case "wrong-number" ->
          signals.raise(payerId, "wrong-number", today, "The phone number is not the payer's");
      default -> {}
    }
  }

  private static boolean isAgreed(CallRecords.Answer answer) {
    return !agreed(answer).isBlank();
  }

  /** What was agreed in words; empty if nothing was. */
  private static String agreed(CallRecords.Answer answer) {
    CallRecords.Wish wish = answer.instalments();
    return wish == null ? "" : Objects.toString(wish.agreed(), "");
  }

  /**
   * @throws IllegalArgumentException if such a plan cannot be
   */
  private List<Instalment> instalments(
      List<Invoice> invoices, CallRecords.Answer answer, LocalDate today) {
    CallRecords.Wish wish = answer.instalments();
    if (isAgreed(answer)) {
      return plans.agreed(invoices, agreed(answer));
    }
    LocalDate from = wish == null ? null : TaskAnswers.dateOf(wish.from(), today);
    if (wish == null
        || from == null
        || wish.rhythm() == null
        || wish.count() == null
        || !wish.count().strip().matches("\\d{1,3}")) {
      throw new IllegalArgumentException(
          "a plan names how many instalments, from which day on, and how often; or each part in words");
    }
    return plans.simulate(
        invoices,
        Integer.parseInt(wish.count().strip()),
        from,
        InstalmentSchedule.Rhythm.of(wish.rhythm()));
  }

  private void propose(
      List<Invoice> concerned,
      CallRecords.Answer answer,
      LocalDate today,
      String source,
      Actor actor) {
    ByCurrency.of(concerned)
        .invoices()
        .forEach(
            (currency, invoices) ->
                plans.propose(
                    invoices.stream().map(Invoice::id).toList(),
                    instalments(invoices, answer, today),
                    "payer",
                    answer.note(),
                    source + "-" + currency,
                    actor));
  }

  private void holdAll(
      long payerId, List<Invoice> concerned, LocalDate today, String source, Actor actor) {
    BusinessCalendar calendar = facts.calendarOf(payerId);
    LocalDate until = calendar.plusBusinessDays(today, PAID_CLAIM_DAYS);
    for (Invoice invoice : concerned) {
      holds.begin(
          payerId,
          invoice.id(),
          "paid-claim",
          "the payer says it is paid",
          until,
          source + "-" + invoice.id(),
          actor);
    }
  }

  /** The invoice that was chosen, whatever else was spoken about; or all, without one. */
  private void dispute(
      long payerId,
      List<Invoice> concerned,
      CallRecords.Answer answer,
      String source,
      Actor actor) {
    Invoice chosen = chosen(payerId, answer.invoice());
    String reason =
        answer.disputeReason() == null || answer.disputeReason().isBlank()
            ? "other"
            : answer.disputeReason();
    for (Invoice invoice : chosen == null ? concerned : List.of(chosen)) {
      Money part =
          chosen == null ? null : TaskAnswers.amountOf(answer.disputedAmount(), invoice.currency());
      disputes.open(
          invoice.id(),
          reason,
          part != null && part.isPositive() ? part : null,
          answer.note(),
          source + "-" + invoice.id(),
          actor);
    }
  }
}
