package io.relance.scoring;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a payer at the end of a day, and nothing later.
 *
 * @param since the day from which they are a customer, where it is known
 * @param invoices issued up to that day
 * @param brokenPromises the days on which a promise to pay was found broken
 */
record PayerHistory(
    LocalDate asOf,
    @Nullable LocalDate since,
    List<Item> invoices,
    List<LocalDate> brokenPromises) {

  /**
   * An invoice as it was known then.
   *
   * @param settledOn null while it was open
   * @param disputed whether a dispute was known
   * @param abandoned whether it was written off or handed over
   */
  record Item(
      LocalDate issued,
      LocalDate due,
      @Nullable LocalDate settledOn,
      BigDecimal amount,
      String currency,
      boolean disputed,
      boolean abandoned) {

    boolean isOpen(LocalDate day) {
      return !issued.isAfter(day) && (settledOn == null || settledOn.isAfter(day));
    }
  }
}
