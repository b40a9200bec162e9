package io.relance.casework.calls;

import io.relance.casework.Holds;
import io.relance.casework.PaymentPromises;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a call's outcome what follows from it: a promise, a plan, a dispute, a hold. */
@Component
class CallOutcomes {

  private static final int PAID_CLAIM_DAYS = 5;

  private final CallFacts facts;
  private final PaymentPromises promises;
  private final PaymentPlans plans;
  private final Holds holds;
  private final Disputes disputes;
  private final Difficulties difficulties;
  private final WarningSignals signals;

  CallOutcomes(
      CallFacts facts,
      PaymentPromises promises,
      PaymentPlans plans,
      Holds holds,
      Disputes disputes,
      Difficulties difficulties,
      WarningSignals signals) {
    this.facts = facts;
    this.promises = promises;
    this.plans = plans;
    this.holds = holds;
    this.disputes = disputes;
    this.difficulties = difficulties;
    this.signals = signals;
  }

  /** Whether the answer says enough for its outcome: a promise a day, a plan its instalments. */
  boolean isComplete(
      String outcome, CallRecords.Answer answer, List<Invoice> concerned, LocalDate today) {
    return switch (outcome) {
      case "promised" -> TaskAnswers.dateOf(answer.promisedFor(), today) != null;
      case "instalments" ->
          byCurrency(concerned).values().stream()
              .allMatch(invoices -> instalments(invoices, answer, today) != null);
      default -> true;
    };
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
      case "disputes" -> dispute(concerned, answer, source, actor);
      case "difficulty" -> difficulties.announce(payerId, answer.note(), source, actor);
      case "wrong-number" ->
          signals.raise(payerId, "wrong-number", today, "The phone number is not the payer's");
      default -> {}
    }
  }

  /** A plan is of one currency. */
  private static Map<String, List<Invoice>> byCurrency(List<Invoice> concerned) {
    return concerned.stream()
        .collect(Collectors.groupingBy(Invoice::currency, LinkedHashMap::new, Collectors.toList()));
  }

  private @Nullable List<Instalment> instalments(
      List<Invoice> invoices, CallRecords.Answer answer, LocalDate today) {
    CallRecords.Wish wish = answer.instalments();
    LocalDate from = wish == null ? null : TaskAnswers.dateOf(wish.from(), today);
    if (wish == null || from == null || wish.count() == null || wish.rhythm() == null) {
      return null;
    }
    try {
      return plans.simulate(
          invoices,
          Integer.parseInt(wish.count().strip()),
          from,
          InstalmentSchedule.Rhythm.of(wish.rhythm()));
    } catch (IllegalArgumentException impossible) {
      return null;
    }
  }

  private void propose(
      List<Invoice> concerned,
      CallRecords.Answer answer,
      LocalDate today,
      String source,
      Actor actor) {
    byCurrency(concerned)
        .forEach(
            (currency, invoices) ->
                plans.propose(
                    invoices.stream().map(Invoice::id).toList(),
                    Objects.requireNonNull(instalments(invoices, answer, today)),
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

  private void dispute(
      List<Invoice> concerned, CallRecords.Answer answer, String source, Actor actor) {
    String number = answer.invoice();
    boolean one = concerned.stream().anyMatch(i -> i.number().equals(number));
    String reason =
        answer.disputeReason() == null || answer.disputeReason().isBlank()
            ? "other"
            : answer.disputeReason();
    for (Invoice invoice : concerned) {
      if (!one || invoice.number().equals(number)) {
        Money part = TaskAnswers.amountOf(answer.disputedAmount(), invoice.currency());
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
}
