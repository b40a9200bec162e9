package io.relance.charges;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Simple interest of a late payment, exact to the day: for each day after the due day, up to and
 * with the day of payment, what is open times the rate of that day, divided by 365, in leap years
 * too. Only the total is rounded. Directive 2011/7/EU, article 3; code de commerce, article
 * L441-10; Late Payment of Commercial Debts (Interest) Act 1998.
 *
 * @param periods in which neither the open amount nor the rate changes
 * @param total rounded half-even to the decimals of the currency
 * @param missing which rate is not known, so that its days bear no interest; null if none is
 *     missing
 */
public record LateInterest(List<Period> periods, Money total, @Nullable String missing) {

  private static final BigDecimal PERCENT_DAYS = BigDecimal.valueOf(36_500);

  /**
   * @param to the last day, which counts
   * @param percent a year
   * @param because where the rate comes from
   * @param provisional whether the rate is assumed, because nobody has entered this half-year's yet
   * @param amount not rounded to the currency
   */
  public record Period(
      LocalDate from,
      LocalDate to,
      int days,
      Money principal,
      BigDecimal percent,
      String because,
      boolean provisional,
      BigDecimal amount) {}

  /** Whether a rate is assumed. */
  public boolean provisional() {
    return periods.stream().anyMatch(Period::provisional);
  }

  /** What is certain of it: up to the last day of which the rate is known. */
  public LateInterest certain() {
    return of(periods.stream().filter(p -> !p.provisional()).toList(), total.currency(), missing);
  }

  private static LateInterest of(
      List<Period> periods, Currency currency, @Nullable String missing) {
    BigDecimal sum = periods.stream().map(Period::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new LateInterest(periods, Money.rounded(sum, currency), missing);
  }

  /**
   * @param due the due day, which does not count
   * @param until the last day that counts
   */
  static LateInterest of(
      Principal principal,
      LocalDate due,
      LocalDate until,
      InterestRule rule,
      ReferenceRates rates) {
    List<Period> periods = new ArrayList<>();
    String missing = null;
    LocalDate start = due.plusDays(1);
    LocalDate from = start;
    while (!from.isAfter(until)) {
      LocalDate to = earliest(until, endOfHalfYear(from), principal.lastDayBeforeChange(from));
      Money open = principal.on(from);
      if (open.isPositive()) {
        try {
          add(periods, period(from, to, open, rule.on(from, start, rates)));
        } catch (RateUnknown unknown) {
          missing = unknown.getMessage();
        }
      }
      from = to.plusDays(1);
    }
    return of(periods, principal.original().currency(), missing);
  }

  private static Period period(
      LocalDate from, LocalDate to, Money open, InterestRule.Applied rate) {
    int days = (int) ChronoUnit.DAYS.between(from, to) + 1;
    return new Period(
        from,
        to,
        days,
        open,
        rate.percent(),
        rate.because(),
        rate.provisional(),
        interest(open, rate.percent(), days));
  }

  /** Periods of the same amount at the same rate for the same reason are one. */
  private static void add(List<Period> periods, Period next) {
    Period last = periods.isEmpty() ? null : periods.getLast();
    if (last != null
        && last.to().plusDays(1).equals(next.from())
        && last.principal().equals(next.principal())
        && last.percent().compareTo(next.percent()) == 0
        && last.because().equals(next.because())) {
      periods.set(
          periods.size() - 1,
          period(
              last.from(),
              next.to(),
              next.principal(),
              new InterestRule.Applied(next.percent(), next.because(), next.provisional())));
    } else {
      periods.add(next);
    }
  }

  private static BigDecimal interest(Money principal, BigDecimal percent, int days) {
    return principal
        .amount()
        .multiply(percent)
        .multiply(BigDecimal.valueOf(days))
        .divide(PERCENT_DAYS, MathContext.DECIMAL64);
  }

  private static LocalDate endOfHalfYear(LocalDate day) {
    return ReferenceRates.halfYearOf(day).plusMonths(6).minusDays(1);
  }

  private static LocalDate earliest(LocalDate one, LocalDate other, LocalDate third) {
    LocalDate first = one.isBefore(other) ? one : other;
    return first.isBefore(third) ? first : third;
  }
}
