package io.relance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.kernel.Money;
import io.relance.web.FigureTable.Cell;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Charts on paper")
class ReportChartTest {

  @Test
  void measureEachCurrencyByItsLongestBar() {
    FigureTable table = FigureTable.of("t", "currency", "week", "#one", "#other");
    row(table, "EUR", "first", "100.00", "50.00");
    row(table, "EUR", "second", "0.00", "-20.00");
    row(table, "EUR", "third", "0.01", null);
    row(table, "EUR", "too many", "900.00", "900.00");
    row(table, "JPY", "first", "3", "4");
    row(table, "USD", "first", "0.00", "0.00");
    List<ReportChart> charts = ReportChart.of(table, 3, 2, 3);
    assertThat(charts)
        .extracting(ReportChart::currency)
        .as("of nothing there is no chart")
        .containsExactly("EUR", "JPY");
    assertThat(charts.getFirst().series()).containsExactly("one", "other");
    assertThat(percents(charts.getFirst()))
        .containsExactly(
            List.of(100, 50),
            List.of(0, 0), // what is less than nothing has no bar either
            List.of(1)); // little is seen; what is not known is not drawn
    assertThat(percents(charts.get(1))).containsExactly(List.of(75, 100));
    ReportChart.Bar none = charts.getFirst().rows().get(1).bars().getFirst();
    assertThat(none.style()).contains("border: 0");
    assertThat(none.text()).isEqualTo("0.00\u00a0EUR");
  }

  private static List<List<Integer>> percents(ReportChart chart) {
    return chart.rows().stream()
        .map(row -> row.bars().stream().map(ReportChart.Bar::percent).toList())
        .toList();
  }

  private static void row(
      FigureTable table, String currency, String label, String one, @Nullable String other) {
    table.row(Cell.text(currency), Cell.text(label), money(one, currency), money(other, currency));
  }

  private static Cell money(@Nullable String amount, String currency) {
    return Cell.money(amount == null ? null : Money.of(amount, currency), Locale.ENGLISH);
  }
}
