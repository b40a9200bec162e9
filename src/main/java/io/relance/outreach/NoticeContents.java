package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.permission.Channel;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says what of that which is asked for still stands, and what the message says: from the facts of
 * one moment, so that the same facts give the same message.
 */
@Component
class NoticeContents {

  /** Who paid longer ago is not thanked any more. */
  private static final int THANKED_WITHIN_DAYS = 7;

  private final Invoices invoices;
  private final PlanStatements plans;

  NoticeContents(Invoices invoices, PlanStatements plans) {
    this.invoices = invoices;
    this.plans = plans;
  }

  /** Requests that stand no more, and why. */
  Map<PendingRequests.Pending, String> obsolete(
      NoticeFacts.Facts known, List<PendingRequests.Pending> pending) {
    Set<Long> remindable = ids(known.remindable());
    Set<Long> announceable = ids(known.announceable());
    Map<PendingRequests.Pending, String> obsolete = new LinkedHashMap<>();
    for (PendingRequests.Pending request : pending) {
      if (request.planId() != null) {
        if (plans.of(request.planId(), known.day()).isEmpty()) {
          obsolete.put(request, "the plan is over, or on hold");
        }
      } else if (request.tone() == Tone.THANKS) {
        if (!isJustPaid(request.invoiceId(), known.day())) {
          obsolete.put(request, "not paid, or long ago");
        }
      } else {
        Set<Long> wanted = request.tone().isBeforeDue() ? announceable : remindable;
        if (!wanted.contains(request.invoiceId())) {
          obsolete.put(request, known.reasonAgainst(request.invoiceId()));
        }
      }
    }
    return obsolete;
  }

  private boolean isJustPaid(long invoiceId, LocalDate day) {
    return invoices
        .findById(invoiceId)
        .filter(i -> i.settledOn() != null && i.outcome() == null)
        .filter(
            i -> !Objects.requireNonNull(i.settledOn()).plusDays(THANKED_WITHIN_DAYS).isBefore(day))
        .isPresent();
  }

  private static Set<Long> ids(List<Invoice> invoices) {
    return invoices.stream().map(Invoice::id).collect(Collectors.toSet());
  }

  /**
   * What goes first: a word about a plan before a reminder of something else, which goes the next
   * day; then the firmest.
   *
   * @param valid requests that stand, at least one
   */
  Notice first(
      NoticeFacts.Facts known,
      List<PendingRequests.Pending> valid,
      Channel channel,
      String address) {
    Long planId =
        valid.stream()
            .map(PendingRequests.Pending::planId)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    Tone tone =
        valid.stream()
            .filter(r -> Objects.equals(r.planId(), planId))
            .map(PendingRequests.Pending::tone)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return of(known, valid, tone, planId, channel, address).orElseThrow();
  }

  /**
   * The message in this tone. Empty if the plan that it is about does not run any more, or nothing
   * is left that it could list.
   *
   * @param requests what is asked for
   */
  Optional<Notice> of(
      NoticeFacts.Facts known,
      List<PendingRequests.Pending> requests,
      Tone tone,
      @Nullable Long planId,
      Channel channel,
      String address) {
    PlanStatement plan = planId == null ? null : plans.of(planId, known.day()).orElse(null);
    if (planId != null && plan == null) {
      return Optional.empty();
    }
    List<Invoice> items = plan == null ? items(known, requests, tone) : plan.invoices();
    if (plan == null && items.isEmpty()) {
      return Optional.empty();
    }
    boolean account = plan == null && tone != Tone.THANKS && tone != Tone.COURTESY;
    List<Credit> credits = plan == null && tone != Tone.THANKS ? credits(known, items) : List.of();
    return Optional.of(
        new Notice(
            known.creditor(),
            known.payer(),
            channel,
            tone,
            known.day(),
            address,
            items,
            account ? known.beside(items) : List.of(),
            account || leavesSomething(items, credits) ? credits : List.of(),
            plan));
  }

  /** What covers new invoices, too, is kept for what is older. */
  private static boolean leavesSomething(List<Invoice> items, List<Credit> credits) {
    return credits.stream()
        .map(c -> c.amount().currency())
        .distinct()
        .allMatch(
            currency ->
                sum(items.stream().map(Invoice::claimed), currency)
                        .compareTo(sum(credits.stream().map(Credit::amount), currency))
                    > 0);
  }

  private static Money sum(Stream<Money> amounts, Currency currency) {
    return amounts
        .filter(a -> a.currency().equals(currency))
        .reduce(Money.zero(currency), Money::plus);
  }

  private static List<Credit> credits(NoticeFacts.Facts known, List<Invoice> items) {
    Set<String> currencies = items.stream().map(Invoice::currency).collect(Collectors.toSet());
    return known.credits().stream()
        .filter(c -> currencies.contains(c.amount().currencyCode()))
        .toList();
  }

  private List<Invoice> items(
      NoticeFacts.Facts known, List<PendingRequests.Pending> requests, Tone tone) {
    Set<Long> asked =
        requests.stream()
            .filter(r -> r.tone() == tone)
            .map(PendingRequests.Pending::invoiceId)
            .collect(Collectors.toSet());
    return switch (tone) {
      case COURTESY -> known.announceable().stream().filter(i -> asked.contains(i.id())).toList();
      case STATEMENT, FIRM_STATEMENT -> known.account();
      case THANKS ->
          asked.stream()
              .sorted()
              .filter(id -> isJustPaid(id, known.day()))
              .map(id -> invoices.findById(id).orElseThrow())
              .toList();
      default -> known.remindable();
    };
  }
}
