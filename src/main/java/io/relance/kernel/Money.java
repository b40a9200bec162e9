package io.relance.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

/**
 * An exact amount in one currency. The scale is the currency's own (2 for EUR, 0 for JPY, 3 for
 * BHD), so two amounts of the same value are equal. Amounts of different currencies never meet:
 * every operation on two of them throws.
 *
 * @param amount the value in major units (euros, not cents)
 * @param currency the ISO 4217 currency
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

  public Money {
    int scale = Math.max(0, currency.getDefaultFractionDigits());
    try {
      amount = amount.setScale(scale, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException tooFine) {
      throw new IllegalArgumentException(
          amount.toPlainString()
              + " has more than "
              + scale
              + " decimals, which "
              + currency.getCurrencyCode()
              + " has not");
    }
  }

  /** The amount written as a plain decimal string, such as {@code of("100.00", "EUR")}. */
  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), currencyOf(currency));
  }

  public static Money of(BigDecimal amount, String currency) {
    return new Money(amount, currencyOf(currency));
  }

  /** An estimate, rounded half-even to the decimals that the currency has. */
  public static Money rounded(BigDecimal estimate, Currency currency) {
    int scale = Math.max(0, currency.getDefaultFractionDigits());
    return new Money(estimate.setScale(scale, RoundingMode.HALF_EVEN), currency);
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /**
   * The currency of an ISO 4217 code, in upper case.
   *
   * @throws IllegalArgumentException if no such currency exists
   */
  public static Currency currencyOf(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("'" + code + "' is not an ISO 4217 currency code");
    }
  }

  public Money plus(Money other) {
    return new Money(amount.add(same(other).amount), currency);
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(same(other).amount), currency);
  }

  public Money negated() {
    return new Money(amount.negate(), currency);
  }

  public Money min(Money other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isPositive() {
    return amount.signum() > 0;
  }

  public boolean isNegative() {
    return amount.signum() < 0;
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  public String currencyCode() {
    return currency.getCurrencyCode();
  }

  /** The amount as a plain decimal string with the currency's decimals, as the API writes it. */
  public String plain() {
    return amount.toPlainString();
  }

  /**
   * The amount as a reader of that language writes it, with the currency's code: {@code 1 234,50
   * EUR}.
   */
  public String format(Locale locale) {
    var format = java.text.NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(amount.scale());
    format.setMaximumFractionDigits(amount.scale());
    return format.format(amount) + "\u00a0" + currency.getCurrencyCode();
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(same(other).amount);
  }

  @Override
  public String toString() {
    return plain() + " " + currency.getCurrencyCode();
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(this + " and " + other + " are of different currencies");
    }
    return other;
  }
}
