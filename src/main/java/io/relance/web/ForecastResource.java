package io.relance.web;

import io.relance.analytics.AgreementRows;
import io.relance.analytics.ContactRows;
import io.relance.analytics.forecast.ForecastAccuracy;
import io.relance.analytics.forecast.ForecastErrors;
import io.relance.casework.Coverage;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureValues.Value;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How right forecasts were, and the rows behind the figures of the work. */
@RestController
@RequestMapping("/api/v1/analytics")
class ForecastResource {

  record Errors(int weeks, Value bias, Value wape, Value mape) {}

  record Distance(int weeksAhead, Errors predicted, Errors due) {}

  record Week(
      LocalDate monday,
      LocalDate madeOn,
      int weeksAhead,
      @Nullable String predicted,
      String due,
      String came,
      @Nullable String error) {}

  record OfCurrency(String currency, List<Distance> distances, List<Week> weeks) {}

  record Accuracy(LocalDate asOf, String definition, List<OfCurrency> currencies) {}

  record Contacts(LocalDate from, LocalDate to, List<ContactRows.Row> items, boolean more) {}

  record Covered(
      long overdue, long withProcess, long starting, long excluded, long orphans, Value share) {}

  record Uncovered(
      String invoice,
      String customerId,
      String customerName,
      LocalDate dueDate,
      String openAmount,
      String currency,
      String why) {}

  record Predicted(
      String invoice,
      String customerId,
      String customerName,
      LocalDate dueDate,
      String openAmount,
      int chancePercent,
      String expected) {}

  record Receipt(
      LocalDate bookedOn,
      String customerId,
      String customerName,
      String invoice,
      String amount,
      String reference) {}

  private final FigureScope scope;
  private final ForecastAccuracy accuracy;
  private final ContactRows contacts;
  private final AgreementRows agreements;
  private final CashRowTables cash;
  private final Coverage coverage;
  private final FigureValues values;

  ForecastResource(
      FigureScope scope,
      ForecastAccuracy accuracy,
      ContactRows contacts,
      AgreementRows agreements,
      CashRowTables cash,
      Coverage coverage,
      FigureValues values) {
    this.scope = scope;
    this.accuracy = accuracy;
    this.contacts = contacts;
    this.agreements = agreements;
    this.cash = cash;
    this.coverage = coverage;
    this.values = values;
  }

  /** Empty of some customers only: forecasts are kept by creditor and currency. */
  @GetMapping("/forecast-accuracy")
  Accuracy accuracy(FigureParams params) {
    Asked asked = scope.asked(params);
    List<OfCurrency> all =
        accuracy.of(asked.cut(), asked.day()).entrySet().stream()
            .map(each -> view(each.getKey(), each.getValue()))
            .toList();
    return new Accuracy(asked.day(), values.definition("forecasts"), all);
  }

  private OfCurrency view(String currency, ForecastAccuracy.OfCurrency of) {
    return new OfCurrency(
        currency,
        of.distances().stream()
            .map(d -> new Distance(d.ahead(), errors(d.predicted()), errors(d.due())))
            .toList(),
        of.weeks().stream().map(ForecastResource::week).toList());
  }

  private Errors errors(ForecastErrors of) {
    return new Errors(
        of.weeks(),
        values.of("bias", of.bias()),
        values.of("wape", of.weighted()),
        values.of("mape", of.mean()));
  }

  private static Week week(ForecastAccuracy.Week of) {
    Money predicted = of.predicted();
    return new Week(
        of.monday(),
        of.madeOn(),
        of.ahead(),
        predicted == null ? null : predicted.plain(),
        of.due().plain(),
        of.came().plain(),
        predicted == null ? null : predicted.minus(of.came()).plain());
  }

  @GetMapping("/contacts/items")
  Contacts contacts(
      FigureParams params,
      RowParams.Contacts which,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    Sql.requirePage(page, size);
    Asked asked = scope.asked(params);
    List<ContactRows.Row> rows =
        contacts.rows(asked.cut(), asked.recent(), which.asked(), page * size, size + 1);
    return new Contacts(
        asked.recent().from(),
        asked.recent().to(),
        rows.subList(0, Math.min(size, rows.size())),
        rows.size() > size);
  }

  record Agreements(LocalDate from, LocalDate to, List<AgreementRows.Row> rows, boolean more) {}

  /** Promises, plans, disputes and tasks behind the numbers of them. */
  @GetMapping("/agreements/items")
  Agreements agreements(
      FigureParams params,
      RowParams.Agreements which,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    Sql.requirePage(page, size);
    Asked asked = scope.asked(params);
    List<AgreementRows.Row> rows =
        agreements.rows(asked.cut(), asked.recent(), which.asked(), page * size, size + 1);
    return new Agreements(
        asked.recent().from(),
        asked.recent().to(),
        rows.subList(0, Math.min(size, rows.size())),
        rows.size() > size);
  }

  /** The invoices behind what is predicted for a week, in one currency. */
  @GetMapping("/predictions/items")
  RowPage<Predicted> predictions(
      FigureParams params,
      CashRowTables.Params which,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    Asked asked = scope.asked(params);
    return RowPage.of(
        page,
        size,
        (offset, limit) -> cash.predictedRows(asked, which, offset, limit),
        row ->
            new Predicted(
                row.invoice(),
                row.customer(),
                row.customerName(),
                row.due(),
                row.open().plain(),
                row.percent(),
                row.expected().plain()));
  }

  /** What came in in a week, in one currency. */
  @GetMapping("/receipts/items")
  RowPage<Receipt> receipts(
      FigureParams params,
      CashRowTables.Params which,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    Asked asked = scope.asked(params);
    return RowPage.of(
        page,
        size,
        (offset, limit) -> cash.receiptRows(asked, which, offset, limit),
        row ->
            new Receipt(
                row.bookedOn(),
                row.customer(),
                row.customerName(),
                row.invoice(),
                row.amount().plain(),
                row.reference()));
  }

  /** Of now, whatever day is asked for. */
  @GetMapping("/coverage")
  Covered coverage(FigureParams params) {
    Coverage.Figures now = coverage.figures(scope.asked(params).coverage());
    return new Covered(
        now.overdue(),
        now.withProcess(),
        now.starting(),
        now.excluded(),
        now.orphans(),
        values.of("coverage", WorkTables.share(now)));
  }

  /** Overdue invoices without a live next step. */
  @GetMapping("/coverage/items")
  RowPage<Uncovered> uncovered(
      FigureParams params,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "100") int size) {
    Asked asked = scope.asked(params);
    return RowPage.of(
        page,
        size,
        (offset, limit) -> coverage.uncovered(asked.coverage(), offset, limit),
        row ->
            new Uncovered(
                row.invoice(),
                row.customer(),
                row.name(),
                row.due(),
                row.open().plain(),
                row.open().currencyCode(),
                row.why()));
  }
}
