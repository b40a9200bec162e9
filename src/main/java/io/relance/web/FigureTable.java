package io.relance.web;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A table of figures as the page shows it and as files carry it.
 *
 * @param key of its texts: {@code figures.table.<key>} and {@code figures.definition.<key>}
 */
record FigureTable(String key, List<Column> columns, List<List<Cell>> rows) {

  /** A column; its text is {@code figures.column.<key>}. */
  record Column(String key, boolean numeric) {}

  /**
   * A cell.
   *
   * @param text as the reader sees it
   * @param raw what files carry: a String, a Number or a LocalDate; null for nothing
   * @param href where the rows behind it are
   * @param more the definition that it opens
   */
  record Cell(String text, @Nullable Object raw, @Nullable String href, @Nullable String more) {

    static Cell text(String text) {
      return new Cell(text, text, null, null);
    }

    static Cell defined(String text, String definition) {
      return new Cell(text, text, null, definition);
    }

    static Cell number(long number) {
      return new Cell(Long.toString(number), number, null, null);
    }

    static Cell day(LocalDate day, String shown) {
      return new Cell(shown, day, null, null);
    }

    static Cell money(@Nullable Money amount, Locale locale) {
      return amount == null
          ? new Cell("", null, null, null)
          : new Cell(amount.format(locale), amount.amount(), null, null);
    }

    /** An invoice's number, which leads to it. */
    static Cell invoice(String number) {
      return leading(number, "/invoices/{n}");
    }

    /** A customer's number, which leads to the file. */
    static Cell customer(String number) {
      return leading(number, "/customers/{n}");
    }

    private static Cell leading(String number, String path) {
      return text(number)
          .at(UriComponentsBuilder.fromPath(path).encode().buildAndExpand(number).toUriString());
    }

    Cell at(String address) {
      return new Cell(text, raw, address, more);
    }
  }

  /** Begins one; columns whose name begins with # are of numbers. */
  static FigureTable of(String key, String... columns) {
    List<Column> all = new ArrayList<>();
    for (String column : columns) {
      boolean numeric = column.startsWith("#");
      all.add(new Column(numeric ? column.substring(1) : column, numeric));
    }
    return new FigureTable(key, all, new ArrayList<>());
  }

  void row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row of " + key + " has " + cells.length + " cells, not " + columns.size());
    }
    rows.add(List.of(cells));
  }
}
