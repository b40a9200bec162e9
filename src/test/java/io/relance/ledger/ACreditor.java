package io.relance.ledger;

import java.math.BigDecimal;

/** A creditor of tests that need no database. */
public final class ACreditor {

  private ACreditor() {}

  /** In Paris by its clock, and under the law of this country. */
  public static Creditor in(String country, String monthEnd) {
    return new Creditor(
        1L,
        "C",
        "Creditor",
        country,
        "Europe/Paris",
        "EUR",
        "C",
        "c@c.example",
        null,
        null,
        null,
        null,
        BigDecimal.ONE,
        BigDecimal.TEN,
        null,
        null,
        monthEnd,
        0L);
  }
}
