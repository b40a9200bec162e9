package io.relance.analytics;

import io.relance.analytics.Figure.Known;
import io.relance.analytics.Figure.Unit;
import io.relance.analytics.Figure.Unknown;
import io.relance.analytics.Figure.Why;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;

/**
 * How many days of sales are open. All amounts of one currency, tax included; sales are what was
 * billed less credit notes, by issue date; open is what may still be collected: without what was
 * written off or handed over, credit notes deducted, payments that found no invoice not deducted.
 */
public final class SalesOutstanding {

  /**
   * What was billed in a month, or in the part of it that has passed.
   *
   * @param days that passed of it
   */
  public record MonthSales(LocalDate month, Money sales, int days) {}

  private SalesOutstanding() {}

  /** Days sales outstanding: open / sales of the period x its days. */
  public static Figure simple(Money open, Money sales, int days) {
    if (open.isNegative()) {
      return new Unknown(Why.MORE_CREDIT, Unit.DAYS);
    }
    if (!sales.isPositive()) {
      return new Unknown(Why.NO_SALES, Unit.DAYS);
    }
    return new Known(ofDays(open, sales, days), Unit.DAYS);
  }

  /**
   * Days sales outstanding by count-back: months of sales are taken off what is open, the newest
   * first, and each counts with all its days; of the last one, the share that is left to take. It
   * says how far back the oldest open sales would lie if the newest were paid last, and does not
   * jump with a season.
   *
   * @param newestFirst without a gap
   */
  public static Figure countBack(Money open, List<MonthSales> newestFirst) {
    if (open.isNegative()) {
      return new Unknown(Why.MORE_CREDIT, Unit.DAYS);
    }
    if (newestFirst.stream().noneMatch(month -> month.sales().isPositive())) {
      return new Unknown(Why.NO_SALES, Unit.DAYS);
    }
    Money left = open;
    int days = 0;
    for (MonthSales month : newestFirst) {
      if (month.sales().compareTo(left) >= 0) {
        BigDecimal rest =
            left.isZero() ? BigDecimal.ZERO : ofDays(left, month.sales(), month.days());
        return new Known(rest.add(BigDecimal.valueOf(days)), Unit.DAYS);
      }
      left = left.minus(month.sales());
      days += month.days();
    }
    return new Unknown(Why.SALES_END_EARLY, Unit.DAYS);
  }

  /** Best possible days sales outstanding: as if nothing were overdue. */
  public static Figure bestPossible(Money notDue, Money sales, int days) {
    return simple(notDue, sales, days);
  }

  /** Average days delinquent: days sales outstanding less the best possible ones. */
  public static Figure delinquent(Figure outstanding, Figure best) {
    return outstanding instanceof Known all && best instanceof Known atBest
        ? new Known(all.value().subtract(atBest.value()), Unit.DAYS)
        : new Unknown(Why.NEEDS_ANOTHER, Unit.DAYS);
  }

  private static BigDecimal ofDays(Money open, Money sales, int days) {
    Money same = open.plus(Money.zero(sales.currency()));
    return same.amount()
        .multiply(BigDecimal.valueOf(days))
        .divide(sales.amount(), MathContext.DECIMAL64);
  }
}
