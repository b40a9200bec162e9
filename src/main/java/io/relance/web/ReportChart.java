package io.relance.web;

import io.relance.web.FigureTable.Cell;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A chart of bars of one currency, for paper: series are told apart by how they are filled, not by
 * colour, and each bar has its amount beside it.
 *
 * @param series keys of the columns, in the order of the fillings
 */
record ReportChart(String currency, List<String> series, List<Row> rows) {

  /** Bars that belong together, such as those of a week. */
  record Row(String label, List<Bar> bars) {}

  /**
   * A bar.
   *
   * @param percent of the longest one of the chart, 0 to 100
   * @param filling which series it is, from 0
   */
  record Bar(int percent, int filling, String text) {

    /** Nothing has no bar; little has a thin one. */
    public String style() {
      return percent == 0 ? "border: 0; width: 0" : "width: " + percent + "%";
    }
  }

  /**
   * The charts of a table whose first column is the currency and the second the label.
   *
   * @param rowsMax of each currency
   * @param columns that are drawn
   */
  static List<ReportChart> of(FigureTable table, int rowsMax, int... columns) {
    Map<String, List<List<Cell>>> byCurrency = new LinkedHashMap<>();
    for (List<Cell> row : table.rows()) {
      List<List<Cell>> rows =
          byCurrency.computeIfAbsent(row.getFirst().text(), any -> new ArrayList<>());
      if (rows.size() < rowsMax) {
        rows.add(row);
      }
    }
    List<String> series = new ArrayList<>();
    for (int column : columns) {
      series.add(table.columns().get(column).key());
    }
    List<ReportChart> charts = new ArrayList<>();
    byCurrency.forEach(
        (currency, rows) -> {
          BigDecimal most = most(rows, columns);
          if (most.signum() > 0) {
            charts.add(
                new ReportChart(
                    currency,
                    series,
                    rows.stream()
                        .map(row -> new Row(row.get(1).text(), bars(row, most, columns)))
                        .toList()));
          }
        });
    return charts;
  }

  private static BigDecimal most(List<List<Cell>> rows, int... columns) {
    BigDecimal most = BigDecimal.ZERO;
    for (List<Cell> row : rows) {
      for (int column : columns) {
        if (row.get(column).raw() instanceof BigDecimal amount) {
          most = most.max(amount);
        }
      }
    }
    return most;
  }

  private static List<Bar> bars(List<Cell> row, BigDecimal most, int... columns) {
    List<Bar> bars = new ArrayList<>();
    for (int filling = 0; filling < columns.length; filling++) {
      Cell cell = row.get(columns[filling]);
      if (Objects.requireNonNullElse(cell.raw(), "") instanceof BigDecimal amount) {
        int percent =
            amount
                .max(BigDecimal.ZERO)
                .movePointRight(2)
                .divide(most, 0, RoundingMode.CEILING)
                .intValue();
        bars.add(new Bar(percent, filling, cell.text()));
      }
    }
    return bars;
  }
}
