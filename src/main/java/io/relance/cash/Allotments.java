package io.relance.cash;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which invoices a payer's money is for, and setting it against them. */
@Component
class Allotments {

  static final Comparator<Invoice> OLDEST_FIRST =
      Comparator.comparing(Invoice::dueDate).thenComparing(Invoice::id);

  private final Invoices invoices;
  private final Balances balances;

  Allotments(Invoices invoices, Balances balances) {
    this.invoices = invoices;
    this.balances = balances;
  }

  /**
   * Sets money against these invoices, in this order, with the discount for early payment where it
   * is just what they come to with it.
   *
   * @return what is left
   */
  Money allot(
      Creditor creditor,
      List<Invoice> candidates,
      Money amount,
      LocalDate on,
      String reference,
      Actor actor) {
    Money left = amount;
    boolean early = EarlyPayments.pays(creditor, candidates, amount, on);
    for (Invoice invoice : candidates) {
      if (!left.isPositive()) {
        break;
      }
      Money paid = left;
      if (early) {
        Money discount = EarlyPayments.discountOf(creditor, invoice, on);
        paid = invoice.open().minus(discount);
        balances.reduce(invoice.id(), discount, "discount", on, discountOf(reference), actor);
      }
      left = left.minus(balances.reduce(invoice.id(), paid, "payment", on, reference, actor));
    }
    return left;
  }

  /** Under which reference the discount stands that goes with a payment. */
  static String discountOf(String reference) {
    return "discount, " + reference;
  }

  /** What a payer can have meant who named nothing but themselves. */
  List<Invoice> meant(Creditor creditor, Payer payer, Money amount, LocalDate on) {
    List<Invoice> exactly = exactly(creditor, payer, amount, on);
    return exactly.isEmpty() ? openOf(payer, amount) : exactly;
  }

  /** What the payer can have meant: an invoice of this amount, or one with its discount, or all. */
  List<Invoice> exactly(Creditor creditor, Payer payer, Money amount, LocalDate on) {
    List<Invoice> open = openOf(payer, amount);
    List<Invoice> same = open.stream().filter(i -> i.open().equals(amount)).toList();
    if (!same.isEmpty()) {
      return List.of(same.getFirst());
    }
    Optional<Invoice> early =
        open.stream().filter(i -> EarlyPayments.pays(creditor, List.of(i), amount, on)).findFirst();
    if (early.isPresent()) {
      return List.of(early.get());
    }
    Money all = open.stream().map(Invoice::open).reduce(Money.zero(amount.currency()), Money::plus);
    return all.equals(amount) ? open : List.of();
  }

  /**
   * In the order in which a payment settles them whose payer does not say: of the debts that are
   * due the oldest (code civil, article 1342-10). What is disputed comes after the others, and what
   * was given up or handed over last: no message asked for it.
   */
  private List<Invoice> openOf(Payer payer, Money amount) {
    return invoices.unsettledOf(payer.id()).stream()
        .filter(i -> isOpen(i, amount))
        .sorted(
            Comparator.comparing((Invoice i) -> i.outcome() != null)
                .thenComparing(Invoice::disputed)
                .thenComparing(OLDEST_FIRST))
        .toList();
  }

  /** Whether money of this currency can be set against it. */
  static boolean isOpen(Invoice invoice, Money like) {
    return !invoice.isSettled()
        && !invoice.isCreditNote()
        && invoice.currency().equals(like.currencyCode());
  }
}
