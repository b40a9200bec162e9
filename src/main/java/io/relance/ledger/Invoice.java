package io.relance.ledger;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An invoice, or a credit note when its amount is negative.
 *
 * @param toldOpenAmount what the ledger file last said was open
 * @param toldDisputed what the ledger file last said of a dispute
 * @param disputedAmount the part that its payer disagrees with; null if none, or if it is all of it
 * @param settledOn the day from which nothing is open any more
 * @param outcome how it ended if not by payment: {@code written-off} or {@code handed-over}
 */
@Table("invoice")
public record Invoice(
    @Id long id,
    long creditorId,
    long payerId,
    String number,
    LocalDate issueDate,
    LocalDate dueDate,
    BigDecimal amount,
    BigDecimal openAmount,
    BigDecimal toldOpenAmount,
    String currency,
    boolean disputed,
    boolean toldDisputed,
    @Nullable BigDecimal disputedAmount,
    @Nullable LocalDate settledOn,
    @Nullable String outcome) {

  public Money total() {
    return Money.of(amount, currency);
  }

  public Money open() {
    return Money.of(openAmount, currency);
  }

  /** What may be asked for: what is open and not disputed. */
  public Money claimed() {
    if (disputed) {
      return Money.zero(open().currency());
    }
    if (disputedAmount == null || isCreditNote()) {
      return open();
    }
    Money rest = open().minus(Money.of(disputedAmount, currency));
    return rest.isPositive() ? rest : Money.zero(open().currency());
  }

  /** What the ledger file last said was open. */
  public Money told() {
    return Money.of(toldOpenAmount, currency);
  }

  public boolean isSettled() {
    return settledOn != null;
  }

  /** Whether money is still waited for: neither settled nor given up. */
  public boolean isLive() {
    return !isSettled() && outcome == null && !isCreditNote();
  }

  public boolean isCreditNote() {
    return amount.signum() < 0;
  }

  /** Overdue on a day: due before that day and not settled. */
  public boolean isOverdue(LocalDate day) {
    return !isSettled() && !isCreditNote() && dueDate.isBefore(day);
  }

  /** Days after the due date; negative before it. */
  public int daysOverdue(LocalDate day) {
    return (int) ChronoUnit.DAYS.between(dueDate, day);
  }
}
