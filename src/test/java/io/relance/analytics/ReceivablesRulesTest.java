package io.relance.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.analytics.AgedFigures.Sum;
import io.relance.analytics.Figure.Known;
import io.relance.analytics.Figure.Unknown;
import io.relance.analytics.Figure.Why;
import io.relance.analytics.SalesOutstanding.MonthSales;
import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each figure as one computes it on paper, and what is said where it cannot be computed. */
@DisplayName("The figures of what is open")
class ReceivablesRulesTest {

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

  @Nested
  class DaysSalesOutstanding {

    @Test
    void areWhatIsOpenOverSalesTimesDays() {
      assertThat(value(SalesOutstanding.simple(eur("1200000"), eur("10000000"), 365)))
          .isEqualTo("43.80");
      assertThat(value(SalesOutstanding.simple(eur("0"), eur("100"), 90))).isEqualTo("0.00");
    }

    @Test
    void splitIntoTheBestPossibleAndThoseOfDelay() {
      Figure all = SalesOutstanding.simple(eur("1200000"), eur("10000000"), 365);
      Figure best = SalesOutstanding.bestPossible(eur("800000"), eur("10000000"), 365);
      assertThat(value(best)).isEqualTo("29.20");
      assertThat(value(SalesOutstanding.delinquent(all, best))).isEqualTo("14.60");
    }

    @Test
    void areNotComputedWithoutSalesOrWithMoreCreditThanDebt() {
      assertThat(why(SalesOutstanding.simple(eur("100"), eur("0"), 90))).isEqualTo(Why.NO_SALES);
      assertThat(why(SalesOutstanding.simple(eur("100"), eur("-5"), 90))).isEqualTo(Why.NO_SALES);
      assertThat(why(SalesOutstanding.simple(eur("-1"), eur("10"), 90))).isEqualTo(Why.MORE_CREDIT);
      assertThat(
              why(
                  SalesOutstanding.delinquent(
                      SalesOutstanding.simple(eur("100"), eur("0"), 90),
                      SalesOutstanding.simple(eur("0"), eur("100"), 90))))
          .isEqualTo(Why.NEEDS_ANOTHER);
    }
  }

  @Nested
  class CountBack {

    private final List<MonthSales> months =
        List.of(month(11, "1200", 30), month(10, "800", 31), month(9, "700", 30));

    @Test
    void takesMonthsOffUntilNothingIsLeft() {
      // 2500 - 1200 - 800 = 500; 30 + 31 + 500/700 x 30
      assertThat(value(SalesOutstanding.countBack(eur("2500"), months))).isEqualTo("82.43");
      assertThat(value(SalesOutstanding.countBack(eur("600"), months))).isEqualTo("15.00");
      assertThat(value(SalesOutstanding.countBack(eur("2000"), months))).isEqualTo("61.00");
      assertThat(value(SalesOutstanding.countBack(eur("0"), months))).isEqualTo("0.00");
    }

    @Test
    void countsTheDaysOfAMonthWithoutSales() {
      assertThat(
              value(
                  SalesOutstanding.countBack(
                      eur("100"), List.of(month(11, "0", 30), month(10, "200", 31)))))
          .isEqualTo("45.50");
    }

    @Test
    void isNotComputedWhereSalesEndBeforeWhatIsOpen() {
      assertThat(why(SalesOutstanding.countBack(eur("2700.01"), months)))
          .isEqualTo(Why.SALES_END_EARLY);
      assertThat(value(SalesOutstanding.countBack(eur("2700"), months))).isEqualTo("91.00");
      assertThat(why(SalesOutstanding.countBack(eur("1"), List.of(month(11, "0", 30)))))
          .isEqualTo(Why.NO_SALES);
      assertThat(why(SalesOutstanding.countBack(eur("-1"), months))).isEqualTo(Why.MORE_CREDIT);
    }

    @Test
    void hasOfTheRunningMonthOnlyWhatHasPassed() {
      LocalDate day = LocalDate.of(2026, 3, 10);
      Map<LocalDate, Money> billed = new TreeMap<>();
      billed.put(LocalDate.of(2026, 3, 10), eur("100"));
      billed.put(LocalDate.of(2026, 3, 11), eur("999")); // not yet
      billed.put(LocalDate.of(2026, 2, 1), eur("60"));
      billed.put(LocalDate.of(2026, 2, 28), eur("-20"));
      List<MonthSales> months = ReceivablesFigures.months(billed, day, EUR);
      assertThat(months.subList(0, 3))
          .containsExactly(
              new MonthSales(LocalDate.of(2026, 3, 1), eur("100"), 10),
              new MonthSales(LocalDate.of(2026, 2, 1), eur("40"), 28),
              new MonthSales(LocalDate.of(2026, 1, 1), eur("0"), 31));
      assertThat(months).hasSize(ReceivablesFigures.MONTHS_BACK);
      assertThat(value(SalesOutstanding.countBack(eur("120"), months))).isEqualTo("24.00");
    }

    private static MonthSales month(int month, String sales, int days) {
      return new MonthSales(LocalDate.of(2026, month, 1), eur(sales), days);
    }
  }

  @Nested
  class Effectiveness {

    @Test
    void isWhatWasCollectedOfWhatFellDue() {
      assertThat(
              value(CollectionEffectiveness.of(eur("500"), eur("300"), 1, eur("400"), eur("250"))))
          .isEqualTo("72.73");
      assertThat(
              value(CollectionEffectiveness.of(eur("500"), eur("900"), 3, eur("400"), eur("250"))))
          .isEqualTo("72.73");
      assertThat(
              value(CollectionEffectiveness.of(eur("500"), eur("300"), 1, eur("250"), eur("250"))))
          .as("nothing is overdue")
          .isEqualTo("100.00");
    }

    @Test
    void isNotComputedWithoutAnOpeningBalanceOrAnythingDue() {
      assertThat(why(CollectionEffectiveness.of(null, eur("300"), 1, eur("300"), eur("300"))))
          .isEqualTo(Why.NO_OPENING_BALANCE);
      assertThat(why(CollectionEffectiveness.of(eur("0"), eur("300"), 1, eur("300"), eur("300"))))
          .isEqualTo(Why.NOTHING_COLLECTABLE);
    }
  }

  @Nested
  class Ages {

    @Test
    void keepApartWhatMayBeCollectedAndWhatMayNot() {
      AgedFigures aged =
          aged(
              DAY,
              sum(null, 0, "10.01", 1),
              sum(null, 1, "20", 2),
              sum(null, 30, "5", 1),
              sum(null, 31, "40", 1),
              sum(null, 90, "80", 1),
              sum(null, 91, "160", 1),
              sum(null, 120, "1", 1),
              sum(null, 121, "320", 1),
              sum(null, 5, "-7", 1),
              sum("written-off", 200, "1000", 3),
              sum("handed-over", 100, "2000", 4));
      assertThat(aged.notDue()).isEqualTo(eur("10.01"));
      assertThat(aged.bucket(AgeingBucket.TO_30)).isEqualTo(new AgedFigures.Bucket(eur("25"), 3));
      assertThat(aged.bucket(AgeingBucket.BEYOND).amount()).isEqualTo(eur("481"));
      assertThat(aged.from91To120()).isEqualTo(eur("161"));
      assertThat(aged.credits().amount()).isEqualTo(eur("7"));
      assertThat(aged.total()).isEqualTo(eur("629.01"));
      assertThat(aged.inLedger()).isEqualTo(eur("3629.01"));
      assertThat(value(aged.atRisk())).as("481 of 636.01").isEqualTo("75.63");
    }

    @Test
    void areAtNoRiskOnlyWhereSomethingIsOpen() {
      assertThat(why(aged(DAY).atRisk())).isEqualTo(Why.NOTHING_OPEN);
      assertThat(value(aged(DAY, sum(null, 3, "1", 1)).atRisk())).isEqualTo("0.00");
    }

    @Test
    void rollFromEachToTheNext() {
      LocalDate before = DAY.minusMonths(1);
      AgedFigures then =
          aged(before, sum(before, 0, "200"), sum(before, 40, "80"), sum(before, 70, "50"));
      AgedFigures now =
          aged(
              DAY,
              sum(null, 10, "50", 1),
              sum(null, 70, "20", 1),
              sum(null, 100, "25", 1),
              sum(null, 300, "900", 1));
      List<RollRates.Rate> rates = RollRates.between(then, now);
      assertThat(rates)
          .extracting(RollRates.Rate::to)
          .containsExactly("1-30", "31-60", "61-90", "91-120");
      assertThat(value(rates.get(0).rate())).isEqualTo("25.00");
      assertThat(why(rates.get(1).rate())).isEqualTo(Why.NOTHING_BEFORE);
      assertThat(value(rates.get(2).rate())).isEqualTo("25.00");
      assertThat(value(rates.get(3).rate())).as("without what was older before").isEqualTo("50.00");
    }

    @Test
    void knowTheirFirstAndLastDueDate() {
      for (int days = -3; days < 200; days++) {
        LocalDate due = DAY.minusDays(days);
        for (AgeingBucket age : AgeingBucket.values()) {
          boolean within =
              age.oldest(DAY).map(oldest -> !due.isBefore(oldest)).orElse(true)
                  && age.youngest(DAY).map(youngest -> !due.isAfter(youngest)).orElse(true);
          assertThat(within).isEqualTo(AgeingBucket.of(due, DAY) == age);
        }
      }
    }

    private static Sum sum(LocalDate asOf, int daysAgo, String open) {
      return new Sum(null, asOf.minusDays(daysAgo), eur(open), 1);
    }

    private static Sum sum(String outcome, int daysAgo, String open, long invoices) {
      return new Sum(outcome, DAY.minusDays(daysAgo), eur(open), invoices);
    }

    private static AgedFigures aged(LocalDate asOf, Sum... sums) {
      return AgedFigures.of(asOf, EUR, List.of(sums));
    }
  }

  @Test
  void aLedgerThatBeginsTodayHasNoOpeningBalance() {
    AgedFigures now = AgedFigures.of(DAY, EUR, List.of(new Sum(null, DAY, eur("10"), 1)));
    AgedFigures nothing = AgedFigures.of(DAY.minusMonths(1), EUR, List.of());
    var figures = ReceivablesFigures.of(now, nothing, false, Map.of());
    assertThat(why(figures.effectiveness())).isEqualTo(Why.NO_OPENING_BALANCE);
    assertThat(why(figures.outstanding())).isEqualTo(Why.NO_SALES);
    assertThat(why(figures.countBack())).isEqualTo(Why.NO_SALES);
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static String value(Figure figure) {
    assertThat(figure).isInstanceOf(Known.class);
    return ((Known) figure).value().toPlainString();
  }

  private static Why why(Figure figure) {
    assertThat(figure).isInstanceOf(Unknown.class);
    return ((Unknown) figure).why();
  }
}
