package io.relance.casework;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.ContactBlocks;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says what keeps a case still, from the facts as they are. */
@Component
public class CaseHolds implements ContactBlocks {

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
   */
  record Hold(String reason, String words, LocalDate recheckOn) {

    boolean holds() {
      return !reason.equals("none");
    }
  }

  private final Invoices invoices;
  private final Promises promises;
  private final Holds holds;

  CaseHolds(Invoices invoices, Promises promises, Holds holds) {
    this.invoices = invoices;
    this.promises = promises;
    this.holds = holds;
  }

  Hold of(Invoice invoice, LocalDate today) {
    Hold hold = apartFromHandover(invoice, today);
    return !hold.holds() && promises.isBeingHandedOver(invoice)
        ? new Hold("handover", "it is being handed over", today.plusDays(RECHECK_DAYS_MAX))
        : hold;
  }

  /**
   * Why the invoice must not be handed over, in words. A claim of which a part is disputed is not
   * given to others, and the rest would be forgotten.
   */
  public Optional<String> besidesHandover(Invoice invoice, LocalDate today) {
    Hold hold = apartFromHandover(invoice, today);
    if (hold.holds()) {
      return Optional.of(hold.words());
    }
    return invoice.claimed().compareTo(invoice.open()) < 0
        ? Optional.of("a part of it is disputed")
        : Optional.empty();
  }

  /** Whether a payment plan of these invoices is not pressed for: one is disputed or on hold. */
  public boolean holdsPlan(Collection<Long> invoiceIds, LocalDate today) {
    return invoiceIds.stream()
        .map(id -> invoices.findById(id).orElseThrow())
        .filter(Invoice::isLive)
        .anyMatch(i -> i.disputed() || holds.of(i.payerId(), i.id(), today).isPresent());
  }

  /**
   * Why nothing is asked for this invoice, as a word: {@code settled}, {@code hold}, {@code
   * disputed}, {@code plan}, {@code promise} or {@code handover}; empty if it may be asked for.
   */
  public Optional<String> reasonAgainst(Invoice invoice, LocalDate day) {
    Hold hold = of(invoice, day);
    return hold.holds() ? Optional.of(hold.reason()) : Optional.empty();
  }

  private Hold apartFromHandover(Invoice invoice, LocalDate today) {
    LocalDate tomorrow = today.plusDays(1);
    LocalDate latest = today.plusDays(RECHECK_DAYS_MAX);
    if (invoice.isSettled() || invoice.outcome() != null) {
      return new Hold("settled", "nothing is open", tomorrow);
    }
    Holds.Hold held = holds.of(invoice.payerId(), invoice.id(), today).orElse(null);
    if (held != null) {
      return new Hold("hold", held.reason(), earlier(held.until().plusDays(1), latest));
    }
    if (promises.isInDifficulty(invoice)) {
      return new Hold("hold", "a person decides about the payer's difficulty", latest);
    }
    if (promises.isExcluded(invoice, today)) {
      return new Hold("hold", "excluded from collection", tomorrow);
    }
    if (!invoice.claimed().isPositive()) {
      return new Hold("disputed", "disputed", latest);
    }
    if (promises.isInPlan(invoice)) {
      return new Hold("plan", "a payment plan", latest);
    }
    LocalDate brokenFrom = promises.brokenFrom(invoice).orElse(null);
    if (brokenFrom != null && today.isBefore(brokenFrom)) {
      return new Hold("promise", "a promise to pay runs", earlier(brokenFrom, latest));
    }
    if (!netOf(invoice).isPositive()) {
      return new Hold("hold", "credit notes cover what is owed", tomorrow);
    }
    return new Hold("none", "", tomorrow);
  }

  @Override
  public Optional<String> blocking(Invoice invoice, LocalDate day) {
    Hold hold = of(invoice, day);
    return hold.holds() ? Optional.of(hold.words()) : Optional.empty();
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  /** What the payer owes in the invoice's currency, credit notes deducted. */
  private Money netOf(Invoice invoice) {
    return invoices.openOf(invoice.payerId()).stream()
        .filter(i -> i.currency().equals(invoice.currency()))
        .map(Invoice::open)
        .reduce(Money.zero(invoice.open().currency()), Money::plus);
  }
}
