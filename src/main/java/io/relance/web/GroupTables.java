package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.Figure;
import io.relance.analytics.GroupFigures;
import io.relance.analytics.ReceivablesFigures;
import io.relance.analytics.exchange.Conversion;
import io.relance.analytics.exchange.Quote;
import io.relance.analytics.exchange.RateGap;
import io.relance.ledger.AgeingBucket;
import io.relance.web.FigureTable.Cell;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The tables of all currencies in the group's, and of the rates by which they came to be so. */
@Component
class GroupTables {

  private static final String RATES_PAGE = "/figures/rates";

  private final WorkTables work;
  private final PageWords say;

  GroupTables(WorkTables work, PageWords say) {
    this.work = work;
    this.say = say;
  }

  void into(Map<String, Supplier<FigureTable>> tables, Supplier<GroupFigures.Answer> answer) {
    tables.put("group", () -> group(answer.get()));
    tables.put("rates-used", () -> rates(answer.get()));
  }

  private FigureTable group(GroupFigures.Answer answer) {
    FigureTable table = FigureTable.of("group", "figure", "#value");
    switch (answer) {
      case GroupFigures.NotAvailable not ->
          not.gaps()
              .forEach(
                  gap ->
                      table.row(
                          Cell.text(say.text("figures.age.total")),
                          Cell.text(say.text("figures.not-available", words(gap))).at(RATES_PAGE)));
      case GroupFigures.Available of -> {
        fill(table, of.figures());
        // a file of this table alone says by which rates, too
        of.by()
            .values()
            .forEach(
                each ->
                    each.quotes()
                        .forEach(
                            quote ->
                                table.row(
                                    Cell.text(say.text("figures.rate-of", say.day(quote.day()))),
                                    Cell.text(words(quote)))));
      }
    }
    return table;
  }

  private void fill(FigureTable table, ReceivablesFigures.OfCurrency of) {
    AgedFigures aged = of.aged();
    for (AgeingBucket age : AgeingBucket.values()) {
      amount(table, FigureTables.key(age.word()), aged.bucket(age).amount());
    }
    amount(table, "credits", aged.credits().amount().negated());
    amount(table, "total", aged.total());
    amount(table, "written-off", aged.writtenOff().amount());
    amount(table, "handed-over", aged.handedOver().amount());
    amount(table, "in-ledger", aged.inLedger());
    figure(table, "dso", of.outstanding());
    figure(table, "count-back", of.countBack());
    figure(table, "best-possible", of.best());
    figure(table, "delinquent", of.delinquent());
    figure(table, "cei", of.effectiveness());
    figure(table, "at-risk", of.atRisk());
  }

  private void amount(FigureTable table, String part, io.relance.kernel.Money amount) {
    table.row(Cell.text(say.text("figures.age." + part)), Cell.money(amount, locale()));
  }

  private void figure(FigureTable table, String name, Figure figure) {
    table.row(
        Cell.defined(say.text("figures.name." + name), say.text("figures.definition." + name)),
        work.value(figure));
  }

  private FigureTable rates(GroupFigures.Answer answer) {
    FigureTable table = FigureTable.of("rates-used", "currency", "quotation", "rate-day", "source");
    if (answer instanceof GroupFigures.Available of) {
      for (Conversion conversion : of.by().values()) {
        for (Quote quote : conversion.quotes()) {
          table.row(
              Cell.text(conversion.from().getCurrencyCode()),
              Cell.text(words(quote)),
              Cell.day(quote.day(), say.day(quote.day())),
              Cell.text(quote.source()));
        }
      }
    }
    return table;
  }

  /** All rates with their days, in a line. */
  String rates(GroupFigures.Available of) {
    return of.by().values().stream()
        .flatMap(conversion -> conversion.quotes().stream())
        .distinct()
        .map(quote -> words(quote) + " (" + say.day(quote.day()) + ")")
        .collect(Collectors.joining(", "));
  }

  private String words(Quote quote) {
    return "1 "
        + quote.base()
        + " = "
        + say.number(quote.units().toPlainString())
        + "\u00a0"
        + quote.currency();
  }

  /** What follows "not available, because". */
  String words(RateGap gap) {
    return say.text(
        "figures.gap." + gap.kind().word(),
        String.valueOf(gap.currency()),
        String.valueOf(gap.group()),
        say.day(gap.day()),
        say.day(gap.newest()),
        String.valueOf(gap.daysMax()));
  }

  private static Locale locale() {
    return LocaleContextHolder.getLocale();
  }
}
