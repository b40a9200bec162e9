package io.relance.analytics.exchange;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A rate as it was published: one unit of the base is worth so many units of the currency.
 *
 * @param day of whose end it is
 * @param units exact, more than 0
 */
public record Quote(String base, String currency, LocalDate day, BigDecimal units, String source) {

  /** Decimals that are kept. */
  static final int DECIMALS = 10;

  private static final int DIGITS_BEFORE = 14;

  public Quote {
    if (units.signum() <= 0) {
      throw new IllegalArgumentException(
          "rate is " + units.toPlainString() + ": it must be more than 0");
    }
    units = units.signum() == 0 ? units : units.stripTrailingZeros();
    if (units.scale() > DECIMALS || units.precision() - units.scale() > DIGITS_BEFORE) {
      throw new IllegalArgumentException(
          "rate is "
              + units.toPlainString()
              + ": up to 14 digits before the point and 10 after it can be kept");
    }
    if (units.scale() < 0) {
      units = units.setScale(0);
    }
  }

  /** As one reads it: {@code 1 EUR = 1.085 USD}. */
  public String words() {
    return "1 " + base + " = " + units.toPlainString() + " " + currency;
  }
}
