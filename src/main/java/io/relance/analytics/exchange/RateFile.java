package io.relance.analytics.exchange;

import io.relance.kernel.Money;
import io.relance.ledger.csv.Encodings;
import io.relance.ledger.csv.FileRefused;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads rates in the layout of the European Central Bank's reference rates: a header {@code
 * Date,USD,JPY,…} and a line a day, each rate the units for one euro, {@code N/A} where there was
 * none. Of a line with anything wrong nothing is taken.
 */
public final class RateFile {

  /** The name of the source, unless somebody says otherwise. */
  public static final String SOURCE = "ECB euro foreign exchange reference rates";

  private static final String BASE = "EUR";
  private static final String NONE = "N/A";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,14}(\\.\\d{1,10})?");
  private static final DateTimeFormatter IN_WORDS =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
  private static final int PROBLEMS_MAX = 200;

  /** What is wrong with a line, and what to do. */
  public record Problem(long line, String message) {}

  /** What a file holds. */
  public record Content(List<Quote> quotes, List<Problem> problems) {}

  private final List<Quote> quotes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final String source;
  private final LocalDate today;

  private RateFile(String source, LocalDate today) {
    this.source = source;
    this.today = today;
  }

  /**
   * @param today no rate can be of a later day
   * @throws FileRefused if it is no such file at all
   */
  public static Content read(Path file, String source, LocalDate today) {
    try (Reader reader = Encodings.open(file)) {
      return read(reader, source, today);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Content read(Reader reader, String source, LocalDate today) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();
    RateFile file = new RateFile(source, today);
    try (CSVParser csv = CSVParser.parse(reader, format)) {
      Iterator<CSVRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw new FileRefused("the file is empty");
      }
      List<String> currencies = currencies(records.next());
      while (records.hasNext()) {
        CSVRecord record = records.next();
        file.line(csv.getCurrentLineNumber(), record, currencies);
      }
    } catch (UncheckedIOException | IllegalStateException malformed) {
      throw new FileRefused(
          "the file cannot be read as CSV: its quotation marks are not in order; the layout is Date,USD,JPY,… without any");
    }
    return new Content(file.quotes, file.problems);
  }

  /**
   * The codes of the columns after the first; blank for one without a heading, as the last one has.
   */
  private static List<String> currencies(CSVRecord header) {
    if (!header.get(0).strip().equalsIgnoreCase("Date") || header.size() < 2) {
      throw new FileRefused(
          "line 1: the header begins with '"
              + header.get(0)
              + "'; it must be Date, followed by the codes of currencies, such as Date,USD,JPY");
    }
    List<String> codes = new ArrayList<>();
    for (int column = 1; column < header.size(); column++) {
      String code = header.get(column).strip();
      if (!code.isEmpty()) {
        try {
          Money.currencyOf(code);
        } catch (IllegalArgumentException unknown) {
          throw new FileRefused(
              "line 1: "
                  + unknown.getMessage()
                  + "; correct the heading of column "
                  + (column + 1)
                  + " or remove the column");
        }
        if (codes.contains(code) || code.equals(BASE)) {
          throw new FileRefused(
              "line 1: the column "
                  + code
                  + (code.equals(BASE) ? " is the base itself" : " is there twice")
                  + "; remove it");
        }
      }
      codes.add(code);
    }
    return codes;
  }

  private void line(long number, CSVRecord record, List<String> currencies) {
    if (record.size() == 1 && record.get(0).isBlank()) {
      return;
    }
    List<Quote> ofDay = new ArrayList<>();
    try {
      LocalDate day = day(record.get(0).strip());
      if (record.size() > currencies.size() + 1) {
        throw new IllegalArgumentException(
            "it has %d fields, the header has %d: look for a comma within a number"
                .formatted(record.size(), currencies.size() + 1));
      }
      for (int column = 1; column < record.size(); column++) {
        String rate = record.get(column).strip();
        String code = currencies.get(column - 1);
        if (code.isEmpty() ? !rate.isEmpty() : rate.isEmpty()) {
          throw new IllegalArgumentException(
              code.isEmpty()
                  ? "field %d is '%s', and its column has no heading".formatted(column + 1, rate)
                  : code + " is empty: write N/A where there is no rate");
        }
        if (!code.isEmpty() && !rate.equals(NONE)) {
          ofDay.add(new Quote(BASE, code, day, number(code, rate), source));
        }
      }
    } catch (IllegalArgumentException wrong) {
      if (problems.size() < PROBLEMS_MAX) {
        problems.add(new Problem(number, String.valueOf(wrong.getMessage())));
      }
      return;
    }
    quotes.addAll(ofDay);
  }

  private LocalDate day(String text) {
    LocalDate day;
    try {
      day =
          Character.isDigit(text.isEmpty() ? ' ' : text.charAt(0)) && text.indexOf(' ') > 0
              ? LocalDate.parse(text, IN_WORDS)
              : LocalDate.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(
          "the date is '" + text + "': write it like 2026-03-02", unreadable);
    }
    if (day.isAfter(today)) {
      throw new IllegalArgumentException(
          "the date is " + day + ", after today, " + today + ": correct it");
    }
    return day;
  }

  private static BigDecimal number(String code, String text) {
    if (!NUMBER.matcher(text).matches() || new BigDecimal(text).signum() == 0) {
      throw new IllegalArgumentException(
          code + " is '" + text + "': write a number above 0 with a point, such as 1.0850, or N/A");
    }
    return new BigDecimal(text);
  }
}
