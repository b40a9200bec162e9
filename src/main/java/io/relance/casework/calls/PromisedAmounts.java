package io.relance.casework.calls;

import io.relance.casework.TaskAnswers;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the amount that an agent typed for a promise. */
final class PromisedAmounts {

  private PromisedAmounts() {}

  /**
   * The amount in the invoices' currency; null (all of it) if nothing was typed, if it is no
   * amount, if there are several currencies, or if it is no less than what is open.
   */
  static @Nullable Money of(@Nullable String typed, List<Invoice> invoices) {
    if (invoices.isEmpty()) {
      return null;
    }
    String currency = invoices.getFirst().currency();
    if (invoices.stream().anyMatch(i -> !i.currency().equals(currency))) {
      return null;
    }
    Money amount = TaskAnswers.amountOf(typed, currency);
    Money open = invoices.stream().map(Invoice::claimed).reduce(Money::plus).orElseThrow();
    return amount != null && amount.isPositive() && amount.compareTo(open) < 0 ? amount : null;
  }
}
