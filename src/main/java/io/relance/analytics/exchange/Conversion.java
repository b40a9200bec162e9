package io.relance.analytics.exchange;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/**
 * How an amount of one currency becomes one of another. The quotations are taken as they were
 * published: it is multiplied first and divided once, and rounded once, half up, to the decimals of
 * the currency that it becomes.
 *
 * @param quotes that it goes by; none where the currency is the same
 */
public record Conversion(
    Currency from, Currency to, BigDecimal times, BigDecimal over, List<Quote> quotes) {

  /** Of a currency into itself. */
  static Conversion same(Currency currency) {
    return new Conversion(currency, currency, BigDecimal.ONE, BigDecimal.ONE, List.of());
  }

  /**
   * @throws IllegalArgumentException for an amount of another currency
   */
  public Money of(Money amount) {
    if (!amount.currency().equals(from)) {
      throw new IllegalArgumentException(amount + " is not of " + from.getCurrencyCode());
    }
    int scale = Math.max(0, to.getDefaultFractionDigits());
    return new Money(amount.amount().multiply(times).divide(over, scale, RoundingMode.HALF_UP), to);
  }
}
