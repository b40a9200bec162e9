package io.relance.web;

import io.relance.ledger.Creditor;
import io.relance.outreach.print.PdfRenderer;
import io.relance.web.FigureScope.Asked;
import io.relance.web.FigureTable.Cell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The figures at the end of a month, to be printed and filed. */
@Component
class MonthlyReport {

  /** What is not of the end of the day, but of the moment at which the report is made. */
  private static final List<String> OF_NOW = List.of("cash", "coverage");

  /** What each creditor has for itself where there are several. */
  private static final List<String> OF_EACH = List.of("aged", "open");

  private static final int AGES = 5;
  private static final int WEEKS = 30;

  /**
   * A table with all that is needed to read it on paper.
   *
   * @param terms names in the table and their definitions
   */
  record Part(FigureTable table, List<ReportChart> charts, Map<String, String> terms) {}

  /** The tables of a creditor. */
  record OfCreditor(String name, List<Part> parts) {}

  private final FigureScope scope;
  private final FigureTables tables;
  private final PageTexts texts;
  private final PdfRenderer pdfs;
  private final PageWords say;
  private final InstantSource clock;
  private final String css = css();

  MonthlyReport(
      FigureScope scope,
      FigureTables tables,
      PageTexts texts,
      PdfRenderer pdfs,
      PageWords say,
      InstantSource clock) {
    this.scope = scope;
    this.tables = tables;
    this.texts = texts;
    this.pdfs = pdfs;
    this.say = say;
    this.clock = clock;
  }

  private static String css() {
    try {
      return new ClassPathResource("print/report.css").getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /**
   * The report as PDF, in the reader's language.
   *
   * @param month such as 2026-03; of the running one, up to today
   * @throws IllegalArgumentException if it is no month that has begun
   */
  byte[] pdf(String month, FigureParams params) {
    YearMonth asked = month(month);
    FigureParams today = at(params, null);
    LocalDate last = asked.atEndOfMonth();
    Asked now = scope.asked(today);
    if (asked.atDay(1).isAfter(now.today())) {
      throw new IllegalArgumentException(
          "month is "
              + asked
              + ": ask for one that has begun, up to "
              + YearMonth.from(now.today()));
    }
    boolean over = last.isBefore(now.today());
    FigureParams ofDay = at(params, over ? last.toString() : now.today().toString());
    Asked at = scope.asked(ofDay);
    Locale locale = LocaleContextHolder.getLocale();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("css", css);
    values.put("month", say.month(asked.atDay(1)));
    values.put("day", at.day());
    values.put("from", at.recent().from());
    values.put("over", over);
    values.put("madeOn", now.today());
    values.put("creditors", names(params));
    values.put("filters", filters(params));
    values.put("parts", parts(tables.all(at, "?"), at.day().equals(at.today())));
    values.put("each", each(ofDay));
    String page = texts.of("report", locale, values);
    return pdfs.typeset(page, "Relance", clock.instant(), Map.of()).content();
  }

  private static YearMonth month(String month) {
    try {
      return YearMonth.parse(month);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(
          "month is '" + month + "': write it like 2026-03", unreadable);
    }
  }

  private static FigureParams at(FigureParams params, @Nullable String day) {
    return new FigureParams(
        params.creditor(),
        params.currency(),
        params.segment(),
        params.owner(),
        day,
        params.by(),
        params.band());
  }

  private List<String> names(FigureParams params) {
    String code = TaskPages.blankToNull(params.creditor());
    return scope.creditors().stream()
        .filter(creditor -> code == null || creditor.code().equals(code))
        .map(Creditor::name)
        .toList();
  }

  /** By their keys, what narrows the figures: a reader must not take a part for the whole. */
  private static Map<String, String> filters(FigureParams params) {
    Map<String, String> filters = new LinkedHashMap<>();
    put(filters, "figures.column.currency", params.currency());
    put(filters, "figures.segment", params.segment());
    put(filters, "figures.owner", params.owner());
    put(filters, "figures.band", params.band());
    return filters;
  }

  private static void put(Map<String, String> filters, String key, @Nullable String value) {
    String said = TaskPages.blankToNull(value);
    if (said != null) {
      filters.put(key, said);
    }
  }

  private List<OfCreditor> each(FigureParams params) {
    List<Creditor> all = scope.creditors();
    if (TaskPages.blankToNull(params.creditor()) != null || all.size() < 2) {
      return List.of();
    }
    List<OfCreditor> each = new ArrayList<>();
    for (Creditor creditor : all) {
      Asked asked = scope.asked(params.ofCreditor(creditor.code()));
      each.add(
          new OfCreditor(
              creditor.name(),
              OF_EACH.stream().map(key -> part(tables.one(asked, "?", key))).toList()));
    }
    return each;
  }

  private static List<Part> parts(List<FigureTable> all, boolean ofToday) {
    return all.stream()
        .filter(table -> ofToday || !OF_NOW.contains(table.key()))
        .filter(table -> !table.key().equals("rates-used") || !table.rows().isEmpty())
        .map(MonthlyReport::part)
        .toList();
  }

  private static Part part(FigureTable table) {
    Map<String, String> terms = new LinkedHashMap<>();
    for (List<Cell> row : table.rows()) {
      for (Cell cell : row) {
        if (cell.more() != null) {
          terms.put(cell.text(), cell.more());
        }
      }
    }
    List<ReportChart> charts =
        switch (table.key()) {
          case "aged" -> ReportChart.of(table, AGES, 3);
          case "cash" -> ReportChart.of(table, WEEKS, 2, 5);
          case "forecast-weeks" -> ReportChart.of(table, WEEKS, 2, 3);
          default -> List.of();
        };
    return new Part(table, charts, terms);
  }
}
