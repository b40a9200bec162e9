package io.relance.web;

import io.relance.analytics.PredictedRows;
import io.relance.analytics.forecast.ForecastAccuracy;
import io.relance.analytics.forecast.ReceiptRows;
import io.relance.kernel.Money;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * The tables behind expected cash and its forecasts: the invoices of a prediction, the receipts of
 * a week, and the forecasts that were kept.
 */
@Component
class CashRowTables {

  /**
   * What an address asks for.
   *
   * @param in the currency of the number that was opened
   * @param week its Monday
   * @param ahead of forecasts: how many weeks before
   */
  record Params(
      @Nullable String in,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate week,
      @Nullable Integer ahead) {

    String query() {
      return (in == null ? "" : "in=" + UriUtils.encode(in, StandardCharsets.UTF_8) + "&")
          + (week == null ? "" : "week=" + week + "&")
          + (ahead == null ? "" : "ahead=" + ahead + "&");
    }

    /**
     * @throws IllegalArgumentException if none is named, or another day
     */
    LocalDate monday() {
      if (week == null || week.getDayOfWeek() != DayOfWeek.MONDAY) {
        throw new IllegalArgumentException(
            "week is '" + (week == null ? "" : week) + "': name a Monday, like 2026-03-02");
      }
      return week;
    }
  }

  private final PredictedRows predicted;
  private final ReceiptRows receipts;
  private final ForecastAccuracy forecasts;
  private final PageWords say;

  CashRowTables(
      PredictedRows predicted, ReceiptRows receipts, ForecastAccuracy forecasts, PageWords say) {
    this.predicted = predicted;
    this.receipts = receipts;
    this.forecasts = forecasts;
    this.say = say;
  }

  List<PredictedRows.Row> predictedRows(Asked asked, Params which, int offset, int limit) {
    return predicted.rows(
        asked.cut(), currency(asked), asked.ofToday(), which.monday(), offset, limit);
  }

  List<ReceiptRows.Row> receiptRows(Asked asked, Params which, int offset, int limit) {
    return receipts.rows(asked.cut(), currency(asked), which.monday(), offset, limit);
  }

  FigureTable predicted(Asked asked, Params which, int offset, int limit) {
    FigureTable table =
        FigureTable.of(
            "predicted-rows",
            "invoice",
            "customer",
            "name",
            "due-date",
            "#open",
            "#chance",
            "#expected");
    predictedRows(asked, which, offset, limit)
        .forEach(
            row ->
                table.row(
                    Cell.invoice(row.invoice()),
                    Cell.customer(row.customer()),
                    Cell.text(row.customerName()),
                    day(row.due()),
                    Cell.money(row.open(), locale()),
                    Cell.number(row.percent()),
                    Cell.money(row.expected(), locale())));
    return table;
  }

  FigureTable receipts(Asked asked, Params which, int offset, int limit) {
    FigureTable table =
        FigureTable.of("receipt-rows", "day", "customer", "name", "invoice", "#came", "reference");
    receiptRows(asked, which, offset, limit)
        .forEach(
            row ->
                table.row(
                    day(row.bookedOn()),
                    Cell.customer(row.customer()),
                    Cell.text(row.customerName()),
                    Cell.invoice(row.invoice()),
                    Cell.money(row.amount(), locale()),
                    Cell.text(row.reference())));
    return table;
  }

  FigureTable forecasts(Asked asked, Params which, int offset, int limit) {
    FigureTable table =
        FigureTable.of(
            "forecast-rows",
            "week",
            "made-on",
            "#ahead",
            "#predicted",
            "#due",
            "#came",
            "#error-near");
    if (which.week() != null) {
      which.monday();
    }
    ForecastAccuracy.OfCurrency all = forecasts.of(asked.cut(), asked.day()).get(currency(asked));
    (all == null ? List.<ForecastAccuracy.Week>of() : all.weeks())
        .stream()
            .filter(week -> which.week() == null || week.monday().equals(which.week()))
            .filter(week -> which.ahead() == null || week.ahead() == which.ahead())
            .skip(offset)
            .limit(limit)
            .forEach(week -> forecast(table, week));
    return table;
  }

  private void forecast(FigureTable table, ForecastAccuracy.Week week) {
    Money predicted = week.predicted();
    table.row(
        day(week.monday()),
        day(week.madeOn()),
        Cell.number(week.ahead()),
        Cell.money(predicted, locale()),
        Cell.money(week.due(), locale()),
        Cell.money(week.came(), locale()),
        Cell.money(predicted == null ? null : predicted.minus(week.came()), locale()));
  }

  private static String currency(Asked asked) {
    String currency = asked.cut().currency();
    if (currency == null) {
      throw new IllegalArgumentException("currency is missing: name one, like EUR");
    }
    return currency;
  }

  private Cell day(LocalDate day) {
    return Cell.day(day, say.day(day));
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
