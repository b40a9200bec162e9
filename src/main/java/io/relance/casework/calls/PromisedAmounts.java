package io.relance.casework.calls;

import io.relance.casework.TaskAnswers;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the amount that an agent typed for a promise. */
final class PromisedAmounts {

  private PromisedAmounts() {}

  /** What is wrong with what was typed; null if nothing is. */
  static @Nullable String problem(@Nullable String typed, List<Invoice> invoices) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    if (invoices.stream().map(Invoice::currency).distinct().count() > 1) {
      return "promisedAmount is '%s', and the invoices are in several currencies: leave it empty for all of it"
          .formatted(typed);
    }
    Money amount = TaskAnswers.amountOf(typed, invoices.getFirst().currency());
    return amount == null || !amount.isPositive()
        ? "promisedAmount is '%s', which is no amount such as 1250 or 120.50".formatted(typed)
        : null;
  }

  /**
   * The amount in the invoices' currency; null (all of it) if nothing was typed, or if it is no
   * less than what is asked for.
   *
   * @param typed has no {@link #problem}
   */
  static @Nullable Money of(@Nullable String typed, List<Invoice> invoices) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    Money amount = TaskAnswers.amountOf(typed, invoices.getFirst().currency());
    Money open = invoices.stream().map(Invoice::claimed).reduce(Money::plus).orElseThrow();
    return amount != null && amount.isPositive() && amount.compareTo(open) < 0 ? amount : null;
  }
}
