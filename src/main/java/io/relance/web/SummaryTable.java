package io.relance.web;

import io.relance.analytics.AgedFigures;
import io.relance.analytics.GroupFigures;
import io.relance.analytics.ReceivablesFigures;
import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import io.relance.web.FigureTable.Cell;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a manager looks at first: a line a currency, and one of all where there is one. */
@Component
class SummaryTable {

  private final GroupTables rates;
  private final WorkTables work;
  private final PageWords say;

  SummaryTable(GroupTables rates, WorkTables work, PageWords say) {
    this.rates = rates;
    this.work = work;
    this.say = say;
  }

  /**
   * @param query what asks for the same figures again, for the addresses of the rows behind
   */
  FigureTable of(ReceivablesFigures.Facts facts, GroupFigures.Answer group, String query) {
    String rows = "/figures/items" + query;
    FigureTable table =
        FigureTable.of(
            "summary", "currency", "#total", "#overdue", "#over-90", "#dso", "#cei", "#at-risk");
    var all = ReceivablesFigures.of(facts);
    all.forEach((currency, of) -> row(table, currency, of, rows + "in=" + currency + "&"));
    if (all.size() > 1 && group instanceof GroupFigures.Available available) {
      row(
          table,
          say.text(
              "figures.all-in", available.currency().getCurrencyCode(), rates.rates(available)),
          available.figures(),
          rows);
    }
    return table;
  }

  private void row(FigureTable table, String name, ReceivablesFigures.OfCurrency of, String rows) {
    String old = rows + "bucket=91%2B";
    Locale locale = LocaleContextHolder.getLocale();
    AgedFigures aged = of.aged();
    table.row(
        Cell.text(name),
        Cell.money(aged.total(), locale).at(rows),
        Cell.money(overdue(aged), locale).at(rows),
        Cell.money(aged.bucket(AgeingBucket.BEYOND).amount(), locale).at(old),
        work.value(of.outstanding()).at(rows),
        work.value(of.effectiveness()).at(rows),
        work.value(of.atRisk()).at(old));
  }

  /** Past its due date, credit notes not deducted: nobody knows of which invoice they are. */
  static Money overdue(AgedFigures aged) {
    return aged.total().plus(aged.credits().amount()).minus(aged.notDue());
  }
}
