package io.relance.web;

import io.relance.analytics.Figure;
import io.relance.analytics.forecast.ForecastAccuracy;
import io.relance.analytics.forecast.ForecastAccuracy.Distance;
import io.relance.analytics.forecast.ForecastAccuracy.OfCurrency;
import io.relance.analytics.forecast.ForecastAccuracy.Week;
import io.relance.analytics.forecast.ForecastErrors;
import io.relance.kernel.Money;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The tables of how right past forecasts were: by how far ahead, and week by week. */
@Component
class ForecastTables {

  /** The distances that are shown week by week: a week, and a month. */
  private static final int NEAR = 1;

  private static final int FAR = 4;

  private final ForecastAccuracy accuracy;
  private final WorkTables work;
  private final PageWords say;

  ForecastTables(ForecastAccuracy accuracy, WorkTables work, PageWords say) {
    this.accuracy = accuracy;
    this.work = work;
    this.say = say;
  }

  /**
   * @param query what asks for the same figures again, for the addresses of the rows behind
   */
  void into(Map<String, Supplier<FigureTable>> tables, Asked asked, String query) {
    Supplier<SortedMap<String, OfCurrency>> past =
        Once.of(() -> accuracy.of(asked.cut(), asked.day()));
    tables.put("forecasts", () -> distances(past.get(), query));
    tables.put("forecast-weeks", () -> weeks(past.get(), query));
  }

  private FigureTable distances(Map<String, OfCurrency> past, String query) {
    FigureTable table =
        FigureTable.of(
            "forecasts", "currency", "way", "#ahead", "#weeks", "#bias", "#wape", "#mape");
    past.forEach(
        (currency, of) -> {
          String behind = "/figures/forecasts" + query + "in=" + currency + "&ahead=";
          rows(table, currency, "predicted", of.distances(), Distance::predicted, behind);
          rows(table, currency, "due", of.distances(), Distance::due, behind);
        });
    return table;
  }

  /** Of the distances from which anything was compared; of none, why not. */
  private void rows(
      FigureTable table,
      String currency,
      String way,
      List<Distance> distances,
      Function<Distance, ForecastErrors> errors,
      String behind) {
    List<Distance> compared =
        distances.stream().filter(each -> errors.apply(each).weeks() > 0).toList();
    if (compared.isEmpty()) {
      row(table, currency, way, Cell.text(""), Cell.number(0), errors.apply(distances.getFirst()));
    }
    for (Distance each : compared) {
      ForecastErrors of = errors.apply(each);
      Cell weeks = Cell.number(of.weeks()).at(behind + each.ahead());
      row(table, currency, way, Cell.number(each.ahead()), weeks, of);
    }
  }

  private void row(
      FigureTable table,
      String currency,
      String way,
      Cell ahead,
      Cell weeks,
      ForecastErrors errors) {
    boolean known = errors.bias() instanceof Figure.Known; // why not is said once
    table.row(
        Cell.text(currency),
        Cell.text(say.text("figures.column." + way)),
        ahead,
        weeks,
        work.value(errors.bias()),
        known ? work.value(errors.weighted()) : Cell.text(""),
        known ? work.value(errors.mean()) : Cell.text(""));
  }

  private FigureTable weeks(Map<String, OfCurrency> past, String query) {
    FigureTable table =
        FigureTable.of(
            "forecast-weeks",
            "currency",
            "week",
            "#came",
            "#expected-near",
            "#error-near",
            "#expected-far",
            "#error-far");
    past.forEach(
        (currency, of) -> {
          SortedMap<LocalDate, Week> near = at(of, NEAR);
          SortedMap<LocalDate, Week> far = at(of, FAR);
          SortedMap<LocalDate, Money> came = new TreeMap<>(Comparator.naturalOrder());
          of.weeks().forEach(week -> came.put(week.monday(), week.came()));
          came.forEach(
              (monday, amount) -> {
                String behind = query + "in=" + currency + "&week=" + monday;
                table.row(
                    Cell.text(currency),
                    Cell.day(monday, say.day(monday)),
                    Cell.money(amount, locale()).at("/figures/receipts" + behind),
                    expected(near.get(monday)).at("/figures/forecasts" + behind),
                    error(near.get(monday)),
                    expected(far.get(monday)).at("/figures/forecasts" + behind),
                    error(far.get(monday)));
              });
        });
    return table;
  }

  private static SortedMap<LocalDate, Week> at(OfCurrency of, int ahead) {
    SortedMap<LocalDate, Week> weeks = new TreeMap<>();
    of.weeks().stream()
        .filter(week -> week.ahead() == ahead)
        .forEach(week -> weeks.put(week.monday(), week));
    return weeks;
  }

  private static Cell expected(@Nullable Week week) {
    return Cell.money(week == null ? null : week.predicted(), locale());
  }

  private static Cell error(@Nullable Week week) {
    Money predicted = week == null ? null : week.predicted();
    return Cell.money(
        week == null || predicted == null ? null : predicted.minus(week.came()), locale());
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
