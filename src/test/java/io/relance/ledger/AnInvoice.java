package io.relance.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;

/** An invoice for tests of rules; a credit note if its amount is negative. */
public final class AnInvoice {

  private AnInvoice() {}

  /** All of it is open and undisputed. */
  public static Invoice open(long id, LocalDate due, String amount, String currency) {
    BigDecimal open = new BigDecimal(amount);
    return new Invoice(
        id,
        1,
        1,
        "A-" + id,
        due.minusDays(30),
        due,
        open,
        open,
        open,
        currency,
        false,
        false,
        null,
        null,
        null);
  }
}
