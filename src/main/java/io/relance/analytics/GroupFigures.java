package io.relance.analytics;

import io.relance.analytics.exchange.Conversion;
import io.relance.analytics.exchange.GroupCurrency;
import io.relance.analytics.exchange.RateGap;
import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * The figures of all currencies in the group's. All amounts that a day's figures are made of, those
 * of a month before and the sales among them, are converted by the rates of that one day: what a
 * currency gained or lost is neither collected nor late.
 */
@Component
public class GroupFigures {

  /** The figures, or what is missing for them. */
  public sealed interface Answer {}

  /**
   * In the group's currency.
   *
   * @param by how each currency was converted; that of the group by itself
   */
  public record Available(
      Currency currency, SortedMap<String, Conversion> by, ReceivablesFigures.OfCurrency figures)
      implements Answer {}

  /** A sum would be wrong: there is none. */
  public record NotAvailable(List<RateGap> gaps) implements Answer {}

  private final GroupCurrency groups;

  GroupFigures(GroupCurrency groups) {
    this.groups = groups;
  }

  public Answer of(ReceivablesFigures.Facts facts) {
    return switch (groups.at(facts.currencies(), facts.day())) {
      case GroupCurrency.Missing missing -> new NotAvailable(missing.gaps());
      case GroupCurrency.Known rates ->
          new Available(rates.group(), rates.conversions(), figures(facts, rates));
    };
  }

  private static ReceivablesFigures.OfCurrency figures(
      ReceivablesFigures.Facts facts, GroupCurrency.Known rates) {
    SortedMap<LocalDate, Money> billed = new TreeMap<>();
    facts
        .billed()
        .values()
        .forEach(
            days -> days.forEach((day, sales) -> billed.merge(day, rates.of(sales), Money::plus)));
    return ReceivablesFigures.of(
        sum(facts.aged(), facts.day(), rates),
        sum(facts.opened(), facts.day().minusMonths(1), rates),
        !facts.opened().isEmpty(),
        billed);
  }

  private static AgedFigures sum(
      Map<String, AgedFigures> aged, LocalDate day, GroupCurrency.Known rates) {
    Collection<AgedFigures> all = aged.values();
    AgedFigures sum = AgedFigures.none(day, rates.group());
    for (AgedFigures each : all) {
      sum = sum.plus(each.converted(rates.group(), rates::of));
    }
    return sum;
  }
}
