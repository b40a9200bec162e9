package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.ExpectedCash;
import io.relance.analytics.Figure;
import io.relance.analytics.GroupFigures;
import io.relance.analytics.Receivables;
import io.relance.analytics.ReceivablesFigures;
import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The tables of what is open and what is expected. */
@Component
class FigureTables {

  /** More rows than anybody reads, and few enough for a file that opens. */
  static final int ITEMS_MAX = 50_000;

  private final Receivables receivables;
  private final ReceivablesFigures figures;
  private final ExpectedCash expected;
  private final GroupFigures groups;
  private final SummaryTable summary;
  private final GroupTables group;
  private final ForecastTables forecasts;
  private final WorkTables work;
  private final PageWords say;

  FigureTables(
      Receivables receivables,
      ReceivablesFigures figures,
      ExpectedCash expected,
      GroupFigures groups,
      SummaryTable summary,
      GroupTables group,
      ForecastTables forecasts,
      WorkTables work,
      PageWords say) {
    this.receivables = receivables;
    this.figures = figures;
    this.expected = expected;
    this.groups = groups;
    this.summary = summary;
    this.group = group;
    this.forecasts = forecasts;
    this.work = work;
    this.say = say;
  }

  /**
   * All of them, in the order of the page.
   *
   * @param query what asks for the same figures again, for the addresses of the rows behind
   */
  List<FigureTable> all(Asked asked, String query) {
    return tables(asked, query).values().stream().map(Supplier::get).toList();
  }

  /**
   * One of them; the others are not computed.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  FigureTable one(Asked asked, String query, String key) {
    var tables = tables(asked, query);
    Supplier<FigureTable> found = tables.get(key);
    if (found == null) {
      throw new IllegalArgumentException(
          "table is '"
              + key
              + "', and there is none of that name: it can be "
              + String.join(", ", tables.keySet())
              + " or items");
    }
    return found.get();
  }

  private Map<String, Supplier<FigureTable>> tables(Asked asked, String query) {
    Supplier<ReceivablesFigures.Facts> facts =
        Once.of(() -> figures.facts(asked.cut(), asked.day()));
    Map<String, Supplier<FigureTable>> tables = new LinkedHashMap<>();
    Supplier<GroupFigures.Answer> inGroup = Once.of(() -> groups.of(facts.get()));
    tables.put("summary", () -> summary.of(facts.get(), inGroup.get(), query));
    tables.put("aged", () -> aged(asked, query, facts));
    tables.put("open", () -> open(ReceivablesFigures.of(facts.get()), query));
    tables.put("roll-rates", () -> rolls(asked, ReceivablesFigures.of(facts.get()), query));
    group.into(tables, inGroup);
    tables.put("cash", () -> cash(asked, facts, query));
    forecasts.into(tables, asked, query);
    work.into(tables, asked, query);
    return tables;
  }

  private FigureTable aged(Asked asked, String query, Supplier<ReceivablesFigures.Facts> facts) {
    FigureTable table = FigureTable.of("aged", "currency", "age", "#invoices", "#amount");
    var all =
        asked.basis() == Receivables.Basis.DUE
            ? facts.get().aged()
            : receivables.aged(asked.cut(), asked.day(), asked.basis());
    all.forEach(
        (currency, aged) -> {
          String behind = "/figures/items" + query + "in=" + currency + "&bucket=";
          for (AgeingBucket age : AgeingBucket.values()) {
            line(table, currency, age.word(), aged.bucket(age), behind);
          }
          line(table, currency, "credits", negated(aged.credits()), behind);
          total(table, currency, "total", aged.total());
          line(table, currency, "written-off", aged.writtenOff(), behind);
          line(table, currency, "handed-over", aged.handedOver(), behind);
          total(table, currency, "in-ledger", aged.inLedger());
        });
    return table;
  }

  private static AgedFigures.Bucket negated(AgedFigures.Bucket credits) {
    return new AgedFigures.Bucket(credits.amount().negated(), credits.invoices());
  }

  private void line(
      FigureTable table, String currency, String part, AgedFigures.Bucket of, String behind) {
    Cell amount = Cell.money(of.amount(), locale());
    table.row(
        Cell.text(currency),
        Cell.text(say.text("figures.age." + key(part))),
        Cell.number(of.invoices()),
        of.invoices() == 0 ? amount : amount.at(behind + part.replace("+", "%2B")));
  }

  private void total(FigureTable table, String currency, String part, Money amount) {
    table.row(
        Cell.text(currency),
        Cell.defined(say.text("figures.age." + part), say.text("figures.definition." + part)),
        Cell.text(""),
        Cell.money(amount, locale()));
  }

  static String key(String bucket) {
    return bucket.replace("+", "-on");
  }

  private FigureTable open(Map<String, ReceivablesFigures.OfCurrency> figures, String query) {
    FigureTable table = FigureTable.of("open", "currency", "figure", "#value");
    figures.forEach(
        (currency, of) -> {
          String all = "/figures/items" + query + "in=" + currency;
          figure(table, currency, "dso", of.outstanding(), all);
          figure(table, currency, "count-back", of.countBack(), all);
          figure(table, currency, "best-possible", of.best(), all + "&bucket=not-due");
          figure(table, currency, "delinquent", of.delinquent(), all);
          figure(table, currency, "cei", of.effectiveness(), all);
          figure(table, currency, "at-risk", of.atRisk(), all + "&bucket=91%2B");
        });
    return table;
  }

  private FigureTable rolls(
      Asked asked, Map<String, ReceivablesFigures.OfCurrency> figures, String query) {
    String before = query.replace("asOf=" + asked.day(), "asOf=" + asked.day().minusMonths(1));
    FigureTable rolls =
        FigureTable.of("roll-rates", "currency", "from-age", "to-age", "#before", "#now", "#rate");
    figures.forEach(
        (currency, of) ->
            of.rollRates()
                .forEach(
                    rate ->
                        rolls.row(
                            Cell.text(currency),
                            Cell.text(say.text("figures.age." + key(rate.from()))),
                            Cell.text(say.text("figures.age." + key(rate.to()))),
                            behind(rate.before(), before, currency, rate.from()),
                            behind(rate.now(), query, currency, rate.to()),
                            work.value(rate.rate()))));
    return rolls;
  }

  private static Cell behind(Money amount, String query, String currency, String bucket) {
    return opens(
        amount,
        "/figures/items" + query + "in=" + currency + "&bucket=" + bucket.replace("+", "%2B"));
  }

  private static Cell opens(Money amount, String rows) {
    Cell cell = Cell.money(amount, locale());
    return amount.isZero() ? cell : cell.at(rows);
  }

  private void figure(FigureTable table, String currency, String name, Figure figure, String rows) {
    Cell value = work.value(figure);
    table.row(
        Cell.text(currency),
        Cell.defined(say.text("figures.name." + name), say.text("figures.definition." + name)),
        figure instanceof Figure.Known ? value.at(rows) : value);
  }

  /** Of today only: what was expected on a past day is not kept. */
  private FigureTable cash(Asked asked, Supplier<ReceivablesFigures.Facts> facts, String query) {
    FigureTable table =
        FigureTable.of("cash", "currency", "week", "#due", "#promised", "#plans", "#predicted");
    if (!asked.day().equals(asked.today())) {
      return table;
    }
    for (ExpectedCash.Outlook outlook : expected.from(asked.cut(), facts.get())) {
      for (ExpectedCash.Week week : outlook.weeks()) {
        String currency = outlook.currency().getCurrencyCode();
        String agreed = "/figures/agreements" + query + "week=" + week.monday() + "&kind=";
        table.row(
            Cell.text(currency),
            Cell.day(week.monday(), say.day(week.monday())),
            behind(week.due(), query, currency, "week-" + week.monday()),
            opens(week.promised(), agreed + "promise&state=open"),
            opens(week.plans(), agreed + "instalment"),
            predicted(week, query, currency));
      }
    }
    return table;
  }

  private static Cell predicted(ExpectedCash.Week week, String query, String currency) {
    Money predicted = week.predicted();
    return predicted == null
        ? Cell.money(null, locale())
        : opens(
            predicted, "/figures/predicted" + query + "in=" + currency + "&week=" + week.monday());
  }

  /** The invoices behind an amount: so many from one on. */
  FigureTable items(Asked asked, Receivables.Behind behind, long from, int most) {
    FigureTable table =
        FigureTable.of(
            "items",
            "invoice",
            "customer",
            "name",
            "issued",
            "due-date",
            "currency",
            "#open",
            "status");
    receivables
        .items(asked.cut(), asked.day(), asked.basis(), behind, from, most)
        .forEach(
            item ->
                table.row(
                    Cell.invoice(item.invoice()),
                    Cell.customer(item.customer()),
                    Cell.text(item.customerName()),
                    Cell.day(item.issued(), say.day(item.issued())),
                    Cell.day(item.due(), say.day(item.due())),
                    Cell.text(item.open().currencyCode()),
                    Cell.money(item.open(), locale()),
                    Cell.text(
                        item.outcome() == null ? "" : say.text("figures.age." + item.outcome()))));
    return table;
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
