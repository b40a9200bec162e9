package io.relance.ledger;

import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps what was open on each day, so that a past day can be shown as it was. A change counts from
 * the day on which it was entered here, not from the day that a bank or a person dates it: what was
 * shown for a day stays. What a ledger file brings is of the day that the file speaks of; what the
 * first one of a creditor brings was open since its issue, for of the days before nothing was
 * shown.
 */
@Component
class OpenSpans {

  private static final LocalDate FOR_EVER = LocalDate.of(9999, 12, 31);
  private static final String COLUMNS =
      "INSERT INTO open_span (invoice_id, from_day, to_day, creditor_id, currency, open_amount, issue_date, due_date, outcome) ";

  /** What an invoice is now, and the last span that was written of it. */
  private record Standing(
      BigDecimal open,
      LocalDate issued,
      LocalDate due,
      @Nullable String outcome,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable BigDecimal wasOpen,
      @Nullable LocalDate wasIssued,
      @Nullable LocalDate wasDue,
      @Nullable String wasOutcome) {

    static Standing of(ResultSet rs) throws SQLException {
      return new Standing(
          rs.getBigDecimal(1),
          Sql.requiredDate(rs, "issue_date"),
          Sql.requiredDate(rs, "due_date"),
          rs.getString(4),
          Sql.date(rs, "from_day"),
          Sql.date(rs, "to_day"),
          rs.getBigDecimal(7),
          Sql.date(rs, "was_issued"),
          Sql.date(rs, "was_due"),
          rs.getString(10));
    }

    boolean lasts() {
      return FOR_EVER.equals(to);
    }

    boolean isSame() {
      if (!lasts() || wasOpen == null) {
        return open.signum() == 0;
      }
      return open.compareTo(wasOpen) == 0
          && issued.equals(wasIssued)
          && due.equals(wasDue)
          && Objects.equals(outcome, wasOutcome);
    }
  }

  private final JdbcTemplate jdbc;
  private final Creditors creditors;
  private final InstantSource clock;

  OpenSpans(JdbcTemplate jdbc, Creditors creditors, InstantSource clock) {
    this.jdbc = jdbc;
    this.creditors = creditors;
    this.clock = clock;
  }

  /** The day on which something that is entered now counts, by the creditor's calendar. */
  LocalDate today(long creditorId) {
    return creditors.findById(creditorId).orElseThrow().calendar().dateOf(clock.instant());
  }

  /** That day, or an earlier one of which a ledger file speaks. */
  LocalDate upToToday(long creditorId, LocalDate told) {
    LocalDate today = today(creditorId);
    return told.isAfter(today) ? today : told;
  }

  /**
   * Follows what an invoice has become. Called after each change, by who holds its payer's lock.
   * Several changes of a day leave what the day ended with.
   */
  void follow(long invoiceId, LocalDate day) {
    Standing now =
        jdbc.queryForObject(
            """
            SELECT i.open_amount, i.issue_date, i.due_date, i.outcome, s.from_day, s.to_day, s.open_amount, s.issue_date AS was_issued,
              s.due_date AS was_due, s.outcome FROM invoice i
            LEFT JOIN open_span s ON s.invoice_id = i.id
              AND s.from_day = (SELECT MAX(l.from_day) FROM open_span l WHERE l.invoice_id = i.id)
            WHERE i.id = ?
            """,
            (rs, n) -> Standing.of(rs),
            invoiceId);
    if (now == null || now.isSame()) {
      return;
    }
    LocalDate from = now.from();
    LocalDate to = now.to();
    if (from == null || to == null) {
      begin(invoiceId, day);
    } else if (!now.lasts()) {
      begin(invoiceId, day.isBefore(to) ? to : day);
    } else if (day.isAfter(from)) {
      jdbc.update(
          "UPDATE open_span SET to_day = ? WHERE invoice_id = ? AND from_day = ?",
          day,
          invoiceId,
          from);
      begin(invoiceId, day);
    } else {
      jdbc.update("DELETE FROM open_span WHERE invoice_id = ? AND from_day = ?", invoiceId, from);
      begin(invoiceId, from);
    }
  }

  private void begin(long invoiceId, LocalDate from) {
    jdbc.update(
        COLUMNS
            + "SELECT id, ?, ?, creditor_id, currency, open_amount, issue_date, due_date, outcome"
            + " FROM invoice WHERE id = ? AND open_amount <> 0",
        from,
        FOR_EVER,
        invoiceId);
  }

  /**
   * Invoices that a file brought for the first time. Of one that is settled in part, nobody knows
   * since when: the whole of it counts as open until the day of the file.
   */
  void firstSeen(long creditorId, Collection<String> numbers, LocalDate told) {
    if (numbers.isEmpty()) {
      return;
    }
    LocalDate day = upToToday(creditorId, told);
    LocalDate earliest = day.isAfter(ledgerSince(creditorId, day)) ? day : LocalDate.EPOCH;
    String begins = "GREATEST(LEAST(issue_date, ?), ?)";
    String known =
        " FROM invoice WHERE creditor_id = ? AND number IN (" + Sql.marks(numbers.size()) + ")";
    List<Object> whole = new ArrayList<>(List.of(day, earliest, day, day, creditorId));
    whole.addAll(numbers);
    whole.addAll(List.of(day, earliest, day, day));
    jdbc.update(
        COLUMNS
            + "SELECT id, "
            + begins
            + ", LEAST(COALESCE(settled_on, ?), ?), creditor_id, currency, amount, issue_date, due_date, outcome"
            + known
            + " AND open_amount <> amount AND "
            + begins
            + " < LEAST(COALESCE(settled_on, ?), ?)",
        whole.toArray());
    List<Object> rest = new ArrayList<>(List.of(day, earliest, day, FOR_EVER, creditorId));
    rest.addAll(numbers);
    jdbc.update(
        COLUMNS
            + "SELECT id, CASE WHEN open_amount = amount THEN "
            + begins
            + " ELSE ? END, ?, creditor_id, currency, open_amount, issue_date, due_date, outcome"
            + known
            + " AND open_amount <> 0",
        rest.toArray());
  }

  /** The day of the creditor's first file, which is this one if there was none. */
  private LocalDate ledgerSince(long creditorId, LocalDate day) {
    LocalDate known =
        jdbc.queryForObject(
            "SELECT ledger_since FROM creditor WHERE id = ?", LocalDate.class, creditorId);
    if (known != null) {
      return known;
    }
    jdbc.update(
        "UPDATE creditor SET ledger_since = ? WHERE id = ? AND ledger_since IS NULL",
        day,
        creditorId);
    return day;
  }
}
