package io.relance.analytics;

import io.relance.analytics.Receivables.Basis;
import io.relance.analytics.SalesOutstanding.MonthSales;
import io.relance.kernel.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** The figures of what is open, a set of them a currency, at the end of a day. */
@Component
public class ReceivablesFigures {

  /** The days whose sales the simple figures compare with: up to the day, that one included. */
  public static final int SALES_DAYS = 90;

  /** How many months the count-back goes back, the running one included. */
  public static final int MONTHS_BACK = 25;

  /**
   * Those of one currency.
   *
   * @param aged by due date
   * @param opened the aged balance at the end of the same day of the month before
   * @param sales of {@link #SALES_DAYS}
   * @param salesSince billed after {@code opened} was
   * @param outstanding days sales outstanding
   * @param countBack the same by count-back
   * @param best possible days sales outstanding
   * @param delinquent average days delinquent
   * @param effectiveness collection effectiveness index of the month
   * @param atRisk share at risk
   */
  public record OfCurrency(
      AgedFigures aged,
      AgedFigures opened,
      Money sales,
      Money salesSince,
      Figure outstanding,
      Figure countBack,
      Figure best,
      Figure delinquent,
      Figure effectiveness,
      Figure atRisk,
      List<RollRates.Rate> rollRates) {}

  private final Receivables receivables;

  ReceivablesFigures(Receivables receivables) {
    this.receivables = receivables;
  }

  /**
   * What they are made of, by the codes of the currencies.
   *
   * @param opened a month before the day
   * @param billed by day
   * @param dueLater what of it falls due on the day or later
   */
  public record Facts(
      LocalDate day,
      List<ExpectedCash.Dated> dueLater,
      SortedMap<String, AgedFigures> aged,
      SortedMap<String, AgedFigures> opened,
      Map<String, SortedMap<LocalDate, Money>> billed) {

    /** In which anything is, was or has been billed. */
    SortedSet<String> currencies() {
      SortedSet<String> codes = new TreeSet<>(aged.keySet());
      codes.addAll(opened.keySet());
      codes.addAll(billed.keySet());
      return codes;
    }
  }

  /** Reads them once, for figures of each currency and of all in the group's. */
  public Facts facts(Cut cut, LocalDate day) {
    LocalDate before = day.minusMonths(1);
    Receivables.Twice sums = receivables.sums(cut, before, day, Basis.DUE);
    return new Facts(
        day,
        Receivables.dueFrom(sums.now(), day),
        Receivables.aged(sums.now(), day),
        Receivables.aged(sums.before(), before),
        receivables.billed(cut, YearMonth.from(day).minusMonths(MONTHS_BACK - 1L).atDay(1), day));
  }

  /** By the codes of the currencies in which anything is, was or has been billed. */
  public SortedMap<String, OfCurrency> at(Cut cut, LocalDate day) {
    return of(facts(cut, day));
  }

  public static SortedMap<String, OfCurrency> of(Facts facts) {
    SortedMap<String, OfCurrency> figures = new TreeMap<>();
    for (String code : facts.currencies()) {
      Currency currency = Currency.getInstance(code);
      figures.put(
          code,
          of(
              facts.aged().getOrDefault(code, AgedFigures.none(facts.day(), currency)),
              facts
                  .opened()
                  .getOrDefault(code, AgedFigures.none(facts.day().minusMonths(1), currency)),
              facts.opened().containsKey(code),
              facts.billed().getOrDefault(code, Collections.emptySortedMap())));
    }
    return figures;
  }

  /** Those of a currency in which nothing was ever billed: each says why there is none. */
  public static OfCurrency ofNothing(String code, LocalDate day) {
    Currency currency = Currency.getInstance(code);
    return of(
        AgedFigures.none(day, currency),
        AgedFigures.none(day.minusMonths(1), currency),
        false,
        Map.of());
  }

  static OfCurrency of(
      AgedFigures now, AgedFigures opened, boolean openingKnown, Map<LocalDate, Money> billed) {
    LocalDate day = now.asOf();
    Money sales = sum(billed, day.minusDays(SALES_DAYS - 1L), day, now.currency());
    Money since = sum(billed, opened.asOf().plusDays(1), day, now.currency());
    Figure outstanding = SalesOutstanding.simple(now.total(), sales, SALES_DAYS);
    Figure best = SalesOutstanding.bestPossible(now.notDue(), sales, SALES_DAYS);
    return new OfCurrency(
        now,
        opened,
        sales,
        since,
        outstanding,
        SalesOutstanding.countBack(now.total(), months(billed, day, now.currency())),
        best,
        SalesOutstanding.delinquent(outstanding, best),
        CollectionEffectiveness.of(
            openingKnown ? opened.total() : null, since, 1, now.total(), now.notDue()),
        now.atRisk(),
        RollRates.between(opened, now));
  }

  /** The months up to the day, the newest first; of that one, only what has passed. */
  static List<MonthSales> months(Map<LocalDate, Money> billed, LocalDate day, Currency currency) {
    List<MonthSales> months = new ArrayList<>();
    for (int back = 0; back < MONTHS_BACK; back++) {
      YearMonth month = YearMonth.from(day).minusMonths(back);
      LocalDate last = back == 0 ? day : month.atEndOfMonth();
      months.add(
          new MonthSales(
              month.atDay(1), sum(billed, month.atDay(1), last, currency), last.getDayOfMonth()));
    }
    return months;
  }

  private static Money sum(
      Map<LocalDate, Money> billed, LocalDate from, LocalDate to, Currency currency) {
    return billed.entrySet().stream()
        .filter(each -> !each.getKey().isBefore(from) && !each.getKey().isAfter(to))
        .map(Map.Entry::getValue)
        .reduce(Money.zero(currency), Money::plus);
  }
}
