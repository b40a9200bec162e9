package io.relance.charges;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from an invoice and what was set against it what was owed on each day. On the last day that
 * is what is open and not disputed.
 *
 * <p>What was credited was never owed, nor what is disputed. What the ledger file corrected
 * downward was never owed either: the amount and what is open fall alike, and what fell is written
 * down as told by the ledger. What was paid before the ledger came to us has no day, and is taken
 * off from the beginning.
 */
final class Principals {

  private Principals() {}

  static Principal of(Invoice invoice, List<ChargeStore.Allocated> allocations) {
    Money zero = Money.zero(invoice.open().currency());
    Money allocated =
        allocations.stream().map(ChargeStore.Allocated::amount).reduce(zero, Money::plus);
    Money unexplained = invoice.total().minus(invoice.open()).minus(allocated);
    Money original = invoice.total();
    if (unexplained.isPositive()) {
      original = original.minus(unexplained);
    }
    if (invoice.disputedAmount() != null) {
      original = original.minus(Money.of(invoice.disputedAmount(), invoice.currency()));
    }
    for (ChargeStore.Allocated credit : allocations) {
      if (credit.isCredit()) {
        original = original.minus(credit.amount());
      }
    }
    Principal principal = Principal.of(original);
    Money corrected = unexplained.isNegative() ? unexplained.negated() : zero;
    for (ChargeStore.Allocated paid : withoutCorrections(allocations, corrected)) {
      principal = principal.paid(paid.on(), paid.amount());
    }
    return principal;
  }

  /** Payments, and of what the ledger told the latest so much less. */
  private static List<ChargeStore.Allocated> withoutCorrections(
      List<ChargeStore.Allocated> allocations, Money corrected) {
    List<ChargeStore.Allocated> payments = new ArrayList<>();
    Money left = corrected;
    for (ChargeStore.Allocated each : allocations.reversed()) {
      if (each.isCredit()) {
        continue;
      }
      if (each.isToldByLedger() && each.amount().isPositive()) {
        Money taken = left.min(each.amount());
        left = left.minus(taken);
        payments.add(each.less(taken));
      } else {
        payments.add(each);
      }
    }
    return payments.reversed();
  }
}
