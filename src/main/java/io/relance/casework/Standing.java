package io.relance.casework;

import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands against asking a payer for anything, as of a day: while a plan runs, or a promise and
 * two business days beyond, a hold, a dispute, a difficulty, a handover.
 *
 * @param holds that run, the longest first
 * @param insolventSince when insolvency proceedings that run were opened
 * @param inDifficulty whether the payer announced a difficulty about which nobody has decided yet
 * @param excluded invoices that are kept from collection
 * @param planned invoices of a plan that is proposed or runs
 * @param promised until which day an invoice is promised
 * @param handedOver invoices on their way to an agency, an insurer or a court
 * @param covered currencies in which nothing is left to ask for
 */
record Standing(
    LocalDate today,
    BusinessCalendar calendar,
    List<Holds.Hold> holds,
    @Nullable LocalDate insolventSince,
    boolean inDifficulty,
    Set<Long> excluded,
    Set<Long> planned,
    Map<Long, LocalDate> promised,
    Set<Long> handedOver,
    Covered covered) {

  private static final int GRACE_DAYS = 2;

  /**
   * The longest that a case waits before it looks again: what wakes it earlier is a message, and
   * this is the net below.
   */
  private static final int RECHECK_DAYS_MAX = 7;

  /**
   * Why nothing may happen now, and when to look again.
   *
   * @param reason {@code none}, {@code settled}, {@code hold}, {@code disputed}, {@code plan},
   *     {@code promise} or {@code handover}
   * @param covered whether only what the payer has with us speaks against asking
   */
  record Hold(String reason, String words, LocalDate recheckOn, boolean covered) {

    Hold(String reason, String words, LocalDate recheckOn) {
      this(reason, words, recheckOn, false);
    }

    boolean holds() {
      return !reason.equals("none");
    }
  }

  /**
   * Currencies in which credit notes, and payments that no invoice is found for, come up to all
   * that could be asked for.
   *
   * @param overdue of what is overdue
   * @param all of that and what falls due later
   * @param handedOver of what is overdue and what is being handed over
   */
  record Covered(Set<String> overdue, Set<String> all, Set<String> handedOver) {

    static final Covered NONE = new Covered(Set.of(), Set.of(), Set.of());
  }

  /** As this, with what the payer has with us set against what may be asked for. */
  Standing covered(List<Invoice> open, Map<String, Money> credits) {
    Map<String, Money> overdue = new HashMap<>();
    Map<String, Money> all = new HashMap<>();
    Map<String, Money> withHandedOver = new HashMap<>();
    for (Invoice invoice : open) {
      if (invoice.isCreditNote() || apartFromHandover(invoice).holds()) {
        continue;
      }
      if (invoice.isOverdue(today)) {
        withHandedOver.merge(invoice.currency(), invoice.claimed(), Money::plus);
      }
      if (!handedOver.contains(invoice.id())) { // no message asks for it
        all.merge(invoice.currency(), invoice.claimed(), Money::plus);
        if (invoice.isOverdue(today)) {
          overdue.merge(invoice.currency(), invoice.claimed(), Money::plus);
        }
      }
    }
    return new Standing(
        today,
        calendar,
        holds,
        insolventSince,
        inDifficulty,
        excluded,
        planned,
        promised,
        handedOver,
        new Covered(
            reached(credits, overdue), reached(credits, all), reached(credits, withHandedOver)));
  }

  private static Set<String> reached(Map<String, Money> credits, Map<String, Money> asked) {
    return credits.entrySet().stream()
        .filter(
            c -> {
              Money sum = asked.get(c.getKey());
              return sum != null && sum.compareTo(c.getValue()) <= 0;
            })
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The business day after the days of grace: from then on an unkept promise is broken. */
  static LocalDate brokenFrom(BusinessCalendar calendar, LocalDate promisedFor) {
    return calendar.plusBusinessDays(promisedFor, GRACE_DAYS + 1);
  }

  /**
   * As {@link #of}, for what is more than a reminder: an answer that nobody has read stops
   * reminders only.
   */
  Standing apartFromReplies() {
    return new Standing(
        today,
        calendar,
        holds.stream().filter(h -> !h.kind().equals(Replies.KIND)).toList(),
        insolventSince,
        inDifficulty,
        excluded,
        planned,
        promised,
        handedOver,
        covered);
  }

  Hold of(Invoice invoice) {
    Hold hold = apartFromHandover(invoice);
    return !hold.holds() && handedOver.contains(invoice.id())
        ? new Hold("handover", "it is being handed over", today.plusDays(RECHECK_DAYS_MAX))
        : hold;
  }

  Hold apartFromHandover(Invoice invoice) {
    LocalDate tomorrow = today.plusDays(1);
    LocalDate latest = today.plusDays(RECHECK_DAYS_MAX);
    if (invoice.isSettled() || invoice.outcome() != null) {
      return new Hold("settled", "nothing is open", tomorrow);
    }
    if (isBarred(invoice)) {
      return new Hold("hold", "the payer is insolvent since " + insolventSince, latest);
    }
    Holds.Hold held = holdOf(invoice).orElse(null);
    if (held != null) {
      return new Hold("hold", held.reason(), earlier(held.until().plusDays(1), latest));
    }
    if (inDifficulty) {
      return new Hold("hold", "a person decides about the payer's difficulty", latest);
    }
    if (excluded.contains(invoice.id())) {
      return new Hold("hold", "excluded from collection", tomorrow);
    }
    if (!invoice.claimed().isPositive()) {
      return new Hold("disputed", "disputed", latest);
    }
    if (planned.contains(invoice.id())) {
      return new Hold("plan", "a payment plan", latest);
    }
    LocalDate promisedFor = promised.get(invoice.id());
    LocalDate brokenFrom = promisedFor == null ? today : brokenFrom(calendar, promisedFor);
    if (today.isBefore(brokenFrom)) {
      return new Hold("promise", "a promise to pay runs", earlier(brokenFrom, latest));
    }
    Set<String> reached =
        handedOver.contains(invoice.id())
            ? covered.handedOver()
            : invoice.isOverdue(today) ? covered.overdue() : covered.all();
    if (reached.contains(invoice.currency())) {
      return new Hold("hold", "credit notes and payments cover what is owed", tomorrow, true);
    }
    return new Hold("none", "", tomorrow);
  }

  /** Whether a payment plan of this invoice is not pressed for. */
  boolean holdsPlan(Invoice invoice) {
    return invoice.isLive()
        && (invoice.disputed() || inDifficulty || isBarred(invoice) || holdOf(invoice).isPresent());
  }

  /** Whether insolvency proceedings that run forbid to pay it. */
  private boolean isBarred(Invoice invoice) {
    return insolventSince != null && !invoice.issueDate().isAfter(insolventSince);
  }

  private Optional<Holds.Hold> holdOf(Invoice invoice) {
    return holds.stream()
        .filter(h -> h.invoiceId() == null || h.invoiceId() == invoice.id())
        .findFirst();
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
