package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.ExpectedCash;
import io.relance.analytics.Figure;
import io.relance.analytics.Receivables;
import io.relance.analytics.ReceivablesFigures;
import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** The tables of what is open and what is expected. */
@Component
class FigureTables {

  /** More rows than anybody reads, and few enough for a file that opens. */
  static final int ITEMS_MAX = 50_000;

  private final Receivables receivables;
  private final ReceivablesFigures figures;
  private final ExpectedCash expected;
  private final WorkTables work;
  private final PageWords say;

  FigureTables(
      Receivables receivables,
      ReceivablesFigures figures,
      ExpectedCash expected,
      WorkTables work,
      PageWords say) {
    this.receivables = receivables;
    this.figures = figures;
    this.expected = expected;
    this.work = work;
    this.say = say;
  }

  /**
   * All of them, in the order of the page.
   *
   * @param query what asks for the same figures again, for the addresses of the rows behind
   */
  List<FigureTable> all(Asked asked, String query) {
    List<FigureTable> tables = new ArrayList<>();
    tables.add(aged(asked, query));
    tables.addAll(figures(asked));
    tables.add(cash(asked));
    tables.addAll(work.all(asked));
    return tables;
  }

  private FigureTable aged(Asked asked, String query) {
    FigureTable table = FigureTable.of("aged", "currency", "age", "#invoices", "#amount");
    receivables
        .aged(asked.cut(), asked.day(), asked.basis())
        .forEach(
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

  private List<FigureTable> figures(Asked asked) {
    FigureTable table = FigureTable.of("open", "currency", "figure", "#value");
    FigureTable rolls =
        FigureTable.of("roll-rates", "currency", "from-age", "to-age", "#before", "#now", "#rate");
    figures
        .at(asked.cut(), asked.day())
        .forEach(
            (currency, of) -> {
              figure(table, currency, "dso", of.outstanding());
              figure(table, currency, "count-back", of.countBack());
              figure(table, currency, "best-possible", of.best());
              figure(table, currency, "delinquent", of.delinquent());
              figure(table, currency, "cei", of.effectiveness());
              figure(table, currency, "at-risk", of.atRisk());
              of.rollRates()
                  .forEach(
                      rate ->
                          rolls.row(
                              Cell.text(currency),
                              Cell.text(say.text("figures.age." + key(rate.from()))),
                              Cell.text(say.text("figures.age." + key(rate.to()))),
                              Cell.money(rate.before(), locale()),
                              Cell.money(rate.now(), locale()),
                              work.value(rate.rate())));
            });
    return List.of(table, rolls);
  }

  private void figure(FigureTable table, String currency, String name, Figure figure) {
    table.row(
        Cell.text(currency),
        Cell.defined(say.text("figures.name." + name), say.text("figures.definition." + name)),
        work.value(figure));
  }

  /** Of today only: what was expected on a past day is not kept. */
  private FigureTable cash(Asked asked) {
    FigureTable table =
        FigureTable.of("cash", "currency", "week", "#due", "#promised", "#plans", "#predicted");
    if (!asked.day().equals(asked.today())) {
      return table;
    }
    for (ExpectedCash.Outlook outlook : expected.from(asked.cut(), asked.today())) {
      for (ExpectedCash.Week week : outlook.weeks()) {
        table.row(
            Cell.text(outlook.currency().getCurrencyCode()),
            Cell.day(week.monday(), say.day(week.monday())),
            Cell.money(week.due(), locale()),
            Cell.money(week.promised(), locale()),
            Cell.money(week.plans(), locale()),
            Cell.money(week.predicted(), locale()));
      }
    }
    return table;
  }

  /** The invoices behind an amount, a page of them. */
  FigureTable items(Asked asked, Receivables.Behind behind, int page, int size) {
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
        .items(asked.cut(), asked.day(), asked.basis(), behind, page, size)
        .forEach(
            item ->
                table.row(
                    Cell.text(item.invoice()).at(address("/invoices/{n}", item.invoice())),
                    Cell.text(item.customer()).at(address("/customers/{n}", item.customer())),
                    Cell.text(item.customerName()),
                    Cell.day(item.issued(), say.day(item.issued())),
                    Cell.day(item.due(), say.day(item.due())),
                    Cell.text(item.open().currencyCode()),
                    Cell.money(item.open(), locale()),
                    Cell.text(
                        item.outcome() == null ? "" : say.text("figures.age." + item.outcome()))));
    return table;
  }

  private static String address(String path, String number) {
    return UriComponentsBuilder.fromPath(path).encode().buildAndExpand(number).toUriString();
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
