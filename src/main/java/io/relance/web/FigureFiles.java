package io.relance.web;

import io.relance.kernel.SpreadsheetText;
import io.relance.web.FigureTable.Cell;
import io.relance.web.FigureTable.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tables as files. Names of payers and numbers of invoices come from outside: a text never becomes
 * a formula of the program that opens the file.
 */
@Component
class FigureFiles {

  private static final String BYTE_ORDER_MARK = "\uFEFF"; // Excel takes UTF-8 for Latin without it
  private static final int SHEET_NAME_MAX = 31;

  private final PageWords say;

  FigureFiles(PageWords say) {
    this.say = say;
  }

  /** UTF-8, comma, RFC 4180; amounts with a point, days as ISO 8601. */
  byte[] csv(FigureTable table) {
    StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(table.columns().stream().map(this::heading).toList());
      for (List<Cell> row : table.rows()) {
        csv.printRecord(row.stream().map(cell -> inCsv(cell.raw())).toList());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String inCsv(@Nullable Object raw) {
    return switch (raw) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case String text -> SpreadsheetText.harmless(text);
      default -> raw.toString();
    };
  }

  /** A sheet a table; texts are cells of text, whatever they begin with. */
  byte[] xlsx(List<FigureTable> tables) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Relance", "1.0")) {
      for (FigureTable table : tables) {
        fill(book.newWorksheet(sheetName(table)), table);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private String sheetName(FigureTable table) {
    String name = say.text("figures.table." + table.key()).replaceAll("[\\[\\]:*?/\\\\]", " ");
    return name.length() <= SHEET_NAME_MAX ? name : name.substring(0, SHEET_NAME_MAX);
  }

  private void fill(Worksheet sheet, FigureTable table) {
    for (int column = 0; column < table.columns().size(); column++) {
      sheet.value(0, column, heading(table.columns().get(column)));
      sheet.style(0, column).bold().set();
      sheet.width(column, 18);
    }
    sheet.freezePane(0, 1);
    int row = 1;
    for (List<Cell> cells : table.rows()) {
      for (int column = 0; column < cells.size(); column++) {
        put(sheet, row, column, cells.get(column).raw());
      }
      row++;
    }
  }

  private static void put(Worksheet sheet, int row, int column, @Nullable Object raw) {
    switch (raw) {
      case null -> {}
      case BigDecimal number -> {
        sheet.value(row, column, number);
        int decimals = Math.max(0, number.scale());
        sheet
            .style(row, column)
            .format(decimals == 0 ? "#,##0" : "#,##0." + "0".repeat(decimals))
            .set();
      }
      case Number number -> sheet.value(row, column, number);
      case LocalDate day -> {
        sheet.value(row, column, day);
        sheet.style(row, column).format("yyyy-mm-dd").set();
      }
      default -> sheet.value(row, column, Objects.toString(raw));
    }
  }

  private String heading(Column column) {
    return say.text("figures.column." + column.key());
  }
}
