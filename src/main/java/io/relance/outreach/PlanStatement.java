package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of a payment plan.
 *
 * @param invoices what it pays
 * @param late what should have come in and did not; zero for a plan on its way
 * @param tolerated business days in which that may still come before the plan ends
 */
public record PlanStatement(
    long planId, List<Invoice> invoices, List<Line> lines, Money late, int tolerated) {

  /**
   * An instalment.
   *
   * @param open what is missing of it
   */
  public record Line(int number, LocalDate dueOn, Money amount, Money open) {}

  boolean isLate() {
    return late.isPositive();
  }

  /** The first instalment that is not paid; null if all are. */
  @Nullable Line next() {
    return lines.stream().filter(l -> l.open().isPositive()).findFirst().orElse(null);
  }
}
