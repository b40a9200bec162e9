package io.relance.analytics;

import io.relance.analytics.AgedFigures.Sum;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.ledger.AgeingBucket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What was open at the end of a day, and what was billed, as the ledger keeps it. Segment and owner
 * are those that the payers have today.
 */
@Component
public class Receivables {

  /** From which date an age is counted. */
  public enum Basis {
    DUE("due", "due_date"),
    ISSUE("issue", "issue_date");

    private final String word;
    private final String column;

    Basis(String word, String column) {
      this.word = word;
      this.column = column;
    }

    public String word() {
      return word;
    }

    /**
     * @throws IllegalArgumentException if it is neither
     */
    public static Basis of(@Nullable String word) {
      if (word == null || word.isBlank() || word.equals(DUE.word)) {
        return DUE;
      }
      if (word.equals(ISSUE.word)) {
        return ISSUE;
      }
      throw new IllegalArgumentException("by can be due or issue, not '" + word + "'");
    }
  }

  /** Which rows stand behind an amount of the aged balance. */
  public enum Part {
    AGE,
    CREDITS,
    WRITTEN_OFF,
    HANDED_OVER,
    /** What falls due in a week, from the day on. */
    WEEK,
    ALL
  }

  /** A part, and which age of it, or which week from its Monday on. */
  public record Behind(Part part, @Nullable AgeingBucket age, @Nullable LocalDate week) {

    public static final Behind ALL = new Behind(Part.ALL, null);

    private static final String WEEK = "week-";

    private static LocalDate monday(String word) {
      try {
        return LocalDate.parse(word.substring(WEEK.length()));
      } catch (DateTimeParseException unreadable) {
        throw new IllegalArgumentException(
            "bucket is '" + word + "': write a week with its Monday, like week-2026-03-02",
            unreadable);
      }
    }

    private Behind(Part part, @Nullable AgeingBucket age) {
      this(part, age, null);
    }

    /**
     * As addresses name it: an age such as {@code 1-30}, {@code credits}, {@code written-off},
     * {@code handed-over}, {@code week-} with its Monday; blank for all.
     *
     * @throws IllegalArgumentException if there is no such part
     */
    public static Behind of(@Nullable String word) {
      if (word == null || word.isBlank()) {
        return ALL;
      }
      for (AgeingBucket age : AgeingBucket.values()) {
        if (age.word().equals(word)) {
          return new Behind(Part.AGE, age);
        }
      }
      if (word.startsWith(WEEK)) {
        return new Behind(Part.WEEK, null, monday(word));
      }
      return switch (word) {
        case "credits" -> new Behind(Part.CREDITS, null);
        case "written-off" -> new Behind(Part.WRITTEN_OFF, null);
        case "handed-over" -> new Behind(Part.HANDED_OVER, null);
        default ->
            throw new IllegalArgumentException(
                "bucket can be not-due, 1-30, 31-60, 61-90, 91+, credits, written-off or"
                    + " handed-over, not '"
                    + word
                    + "'");
      };
    }
  }

  /** An invoice or credit note as it stood at the end of the day. */
  public record Item(
      String invoice,
      String customer,
      String customerName,
      LocalDate issued,
      LocalDate due,
      Money open,
      @Nullable String outcome) {}

  static final String FROM = " FROM open_span s FORCE INDEX (open_span_day)";
  static final String ON_DAY = " AND s.to_day > ? AND s.from_day <= ?";
  static final String BILLED =
      "SELECT i.currency, i.issue_date, SUM(i.amount) FROM invoice i FORCE INDEX (invoice_billed)";

  private final JdbcTemplate jdbc;

  Receivables(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  static String agedSql(Cut cut, Basis basis) {
    return agedSql(cut, basis, "", "");
  }

  /** That of two days, in one reading: most of what is open is so on both. */
  static String agedTwiceSql(Cut cut, Basis basis) {
    return agedSql(
        cut, basis, ", s.to_day > ? AS later, s.from_day <= ? AS sooner", ", later, sooner");
  }

  private static String agedSql(Cut cut, Basis basis, String columns, String groups) {
    return "SELECT s.currency, s.outcome, s.open_amount < 0 AS credit, s."
        + basis.column
        + " AS aged_from, SUM(s.open_amount), COUNT(*)"
        + columns
        + FROM
        + (cut.isOfSomePayers() ? " JOIN invoice i ON i.id = s.invoice_id" : "")
        + cut.payersOf("i.payer_id")
        + "WHERE s.creditor_id IN "
        + cut.creditorMarks()
        + ON_DAY
        + (cut.currency() == null ? "" : " AND s.currency = ?")
        + cut.ofPayers()
        + " GROUP BY s.currency, s.outcome, credit, aged_from"
        + groups;
  }

  private static List<Object> agedValues(Cut cut, LocalDate day) {
    return agedValues(cut, day, day);
  }

  /** Of what was open on any day from one to another. */
  private static List<Object> agedValues(Cut cut, LocalDate from, LocalDate to) {
    List<Object> values = new ArrayList<>(cut.creditors());
    values.add(from);
    values.add(to);
    if (cut.currency() != null) {
      values.add(cut.currency());
    }
    values.addAll(cut.payerValues());
    return values;
  }

  /** The aged balance at the end of a day, by the codes of the currencies. */
  public SortedMap<String, AgedFigures> aged(Cut cut, LocalDate day, Basis basis) {
    return aged(sums(cut, day, basis), day);
  }

  static SortedMap<String, AgedFigures> aged(SortedMap<String, List<Sum>> sums, LocalDate day) {
    SortedMap<String, AgedFigures> aged = new TreeMap<>();
    sums.forEach((code, of) -> aged.put(code, AgedFigures.of(day, Currency.getInstance(code), of)));
    return aged;
  }

  /** What it is made of: for as many rows as there are open invoices, some for each date. */
  SortedMap<String, List<Sum>> sums(Cut cut, LocalDate day, Basis basis) {
    SortedMap<String, List<Sum>> sums = new TreeMap<>();
    jdbc.query(
        agedSql(cut, basis),
        rs -> {
          add(sums, rs);
        },
        agedValues(cut, day).toArray());
    return sums;
  }

  /** The sums of two days. */
  record Twice(SortedMap<String, List<Sum>> before, SortedMap<String, List<Sum>> now) {}

  /** The same of a day and of one before it. */
  Twice sums(Cut cut, LocalDate before, LocalDate day, Basis basis) {
    Twice twice = new Twice(new TreeMap<>(), new TreeMap<>());
    List<Object> values = new ArrayList<>(List.of(day, before));
    values.addAll(agedValues(cut, before, day));
    jdbc.query(
        agedTwiceSql(cut, basis),
        rs -> {
          if (rs.getBoolean("later")) {
            add(twice.now(), rs);
          }
          if (rs.getBoolean("sooner")) {
            add(twice.before(), rs);
          }
        },
        values.toArray());
    return twice;
  }

  private static void add(SortedMap<String, List<Sum>> sums, ResultSet rs) throws SQLException {
    String currency = rs.getString(1);
    sums.computeIfAbsent(currency, code -> new ArrayList<>())
        .add(
            new Sum(
                rs.getString(2),
                Sql.requiredDate(rs, "aged_from"),
                Money.of(rs.getBigDecimal(5), currency),
                rs.getLong(6)));
  }

  /** What falls due on that day or later, of what may be collected, by due date. */
  static List<ExpectedCash.Dated> dueFrom(SortedMap<String, List<Sum>> sums, LocalDate day) {
    return sums.values().stream()
        .flatMap(List::stream)
        .filter(sum -> sum.outcome() == null && sum.open().isPositive())
        .filter(sum -> !sum.agedFrom().isBefore(day))
        .map(sum -> new ExpectedCash.Dated(sum.agedFrom(), sum.open()))
        .toList();
  }

  /** The rows behind a part of it, whoever owes most first: so many from one on. */
  public List<Item> items(Cut cut, LocalDate day, Basis basis, Behind behind, long from, int most) {
    List<Object> values = agedValues(cut, day);
    String where = conditionOf(behind, basis, day, values);
    values.add(most);
    values.add(from);
    return jdbc.query(
        "SELECT i.number, p.number AS customer, p.name, s.issue_date, s.due_date, s.open_amount, s.currency, s.outcome"
            + FROM
            + " JOIN invoice i ON i.id = s.invoice_id JOIN payer p ON p.id = i.payer_id WHERE s.creditor_id IN "
            + cut.creditorMarks()
            + ON_DAY
            + (cut.currency() == null ? "" : " AND s.currency = ?")
            + cut.ofPayers()
            + where
            + " ORDER BY s.currency, ABS(s.open_amount) DESC, s.invoice_id LIMIT ? OFFSET ?",
        (rs, n) ->
            new Item(
                rs.getString(1),
                rs.getString(2),
                rs.getString(3),
                Sql.requiredDate(rs, "issue_date"),
                Sql.requiredDate(rs, "due_date"),
                Money.of(rs.getBigDecimal(6), rs.getString(7)),
                rs.getString(8)),
        values.toArray());
  }

  private static String conditionOf(
      Behind behind, Basis basis, LocalDate day, List<Object> values) {
    return switch (behind.part()) {
      case ALL -> "";
      case CREDITS -> " AND s.outcome IS NULL AND s.open_amount < 0";
      case WRITTEN_OFF -> " AND s.outcome = 'written-off'";
      case HANDED_OVER -> " AND s.outcome <> 'written-off'";
      case WEEK -> {
        LocalDate monday = Objects.requireNonNull(behind.week());
        values.add(monday.isBefore(day) ? day : monday);
        values.add(monday.plusDays(6));
        yield " AND s.outcome IS NULL AND s.open_amount > 0 AND s.due_date BETWEEN ? AND ?";
      }
      case AGE -> {
        AgeingBucket age = behind.age() == null ? AgeingBucket.NOT_DUE : behind.age();
        String between = "";
        if (age.oldest(day).isPresent()) {
          values.add(age.oldest(day).get());
          between += " AND s." + basis.column + " >= ?";
        }
        if (age.youngest(day).isPresent()) {
          values.add(age.youngest(day).get());
          between += " AND s." + basis.column + " <= ?";
        }
        yield " AND s.outcome IS NULL AND s.open_amount > 0" + between;
      }
    };
  }

  static String billedSql(Cut cut) {
    return BILLED
        + cut.payersOf("i.payer_id")
        + "WHERE i.creditor_id IN "
        + cut.creditorMarks()
        + " AND i.issue_date BETWEEN ? AND ?"
        + (cut.currency() == null ? "" : " AND i.currency = ?")
        + cut.ofPayers()
        // in the order of the index: each day's sum is done when the next day begins
        + " GROUP BY i.issue_date, i.currency";
  }

  /** What was billed on each day from one to another, less credit notes, by currency. */
  Map<String, SortedMap<LocalDate, Money>> billed(Cut cut, LocalDate from, LocalDate to) {
    List<Object> values = new ArrayList<>(cut.creditors());
    values.add(from);
    values.add(to);
    if (cut.currency() != null) {
      values.add(cut.currency());
    }
    values.addAll(cut.payerValues());
    Map<String, SortedMap<LocalDate, Money>> billed = new LinkedHashMap<>();
    jdbc.query(
        billedSql(cut),
        rs -> {
          billed
              .computeIfAbsent(rs.getString(1), code -> new TreeMap<>())
              .put(
                  Sql.requiredDate(rs, "issue_date"),
                  Money.of(rs.getBigDecimal(3), rs.getString(1)));
        },
        values.toArray());
    return billed;
  }
}
