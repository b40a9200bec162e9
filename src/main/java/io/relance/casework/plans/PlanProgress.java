package io.relance.casework.plans;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * How far a plan is: what came in pays the instalments in their order, whichever invoice it was
 * for.
 *
 * @param received in money, since the plan was proposed
 * @param claimed what may still be asked for: what was credited is missing of no instalment
 */
public record PlanProgress(List<Instalment> instalments, Money received, Money claimed) {

  /** What is missing of an instalment and of those before it. */
  Money missing(int number) {
    Money due =
        instalments.stream()
            .filter(i -> i.number() <= number)
            .map(Instalment::amount)
            .reduce(Money.zero(received.currency()), Money::plus);
    Money missing = due.minus(received).min(claimed);
    return missing.isPositive() ? missing : Money.zero(received.currency());
  }

  /** What is open of this instalment alone. */
  public Money open(Instalment instalment) {
    Money before =
        instalment.number() == 1
            ? Money.zero(received.currency())
            : missing(instalment.number() - 1);
    return missing(instalment.number()).minus(before);
  }

  /**
   * Whether an instalment counts as paid.
   *
   * @param tolerancePercent of its amount that may be missing
   */
  boolean isPaid(int number, int tolerancePercent) {
    Money amount = instalments.get(number - 1).amount();
    BigDecimal tolerated =
        amount.amount().multiply(BigDecimal.valueOf(tolerancePercent)).movePointLeft(2);
    return missing(number).amount().compareTo(tolerated) <= 0;
  }

  /** What should have come in by that day and did not. */
  Money late(LocalDate day) {
    return instalments.stream()
        .filter(i -> i.dueOn().isBefore(day))
        .map(this::open)
        .reduce(Money.zero(received.currency()), Money::plus);
  }
}
