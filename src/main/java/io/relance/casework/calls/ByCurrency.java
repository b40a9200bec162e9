package io.relance.casework.calls;

import io.relance.casework.plans.AgreedWords;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a payer is asked for, by its currency, because a plan is of one. */
record ByCurrency(Map<String, List<Invoice>> invoices) {

  static ByCurrency of(List<Invoice> concerned) {
    return new ByCurrency(
        concerned.stream()
            .collect(
                Collectors.groupingBy(Invoice::currency, LinkedHashMap::new, Collectors.toList())));
  }

  /**
   * Parts and the rest are of any currency, and an amount is of one.
   *
   * @throws IllegalArgumentException if amounts are said, and there are several currencies
   */
  void requireMeant(String words, LocalDate today) {
    if (invoices.size() > 1 && AgreedWords.namesAmounts(words, today)) {
      throw new IllegalArgumentException(
          "the invoices are in several currencies: say parts of all of it, such as half, and no amounts");
    }
  }
}
