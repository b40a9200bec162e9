package io.relance.scoring;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What an invoice that was paid tells of its payer.
 *
 * @param amount a weight for comparing invoices of one payer in one currency, not money
 * @param electronic whether it was sent electronically
 * @param disputed whether it was disputed before it was paid
 */
record PaidInvoice(
    long payerId,
    LocalDate issued,
    LocalDate due,
    LocalDate settledOn,
    double amount,
    boolean electronic,
    boolean disputed) {

  /** Days from the due date to the payment; negative if it was early. */
  double lateness() {
    return ChronoUnit.DAYS.between(due, settledOn);
  }
}
