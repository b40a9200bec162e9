package io.relance.cash;

import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The creditor's terms of early payment: so many percent of an invoice for who pays all of it
 * within so many days of its issue. The last day counts; the discount is rounded half-even to the
 * decimals of the currency.
 */
final class EarlyPayments {

  private EarlyPayments() {}

  /** What may be taken off an invoice that is paid on that day; zero if nothing. */
  static Money discountOf(Creditor creditor, Invoice invoice, LocalDate paidOn) {
    Money none = Money.zero(invoice.open().currency());
    BigDecimal percent = creditor.discountPercent();
    Integer days = creditor.discountDays();
    if (percent == null
        || days == null
        || paidOn.isAfter(invoice.issueDate().plusDays(days))
        || !invoice.open().equals(invoice.total())) {
      return none;
    }
    return Money.rounded(
        invoice.amount().multiply(percent).movePointLeft(2), invoice.open().currency());
  }

  /** Whether this amount is just what all of these invoices come to with their discounts. */
  static boolean pays(Creditor creditor, List<Invoice> invoices, Money amount, LocalDate paidOn) {
    Money open = Money.zero(amount.currency());
    Money discounts = Money.zero(amount.currency());
    for (Invoice invoice : invoices) {
      open = open.plus(invoice.open());
      discounts = discounts.plus(discountOf(creditor, invoice, paidOn));
    }
    return discounts.isPositive() && open.minus(discounts).equals(amount);
  }
}
