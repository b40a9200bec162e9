package io.relance.analytics.forecast;

import io.relance.analytics.Cut;
import io.relance.analytics.ExpectedCash;
import io.relance.kernel.FollowsDay;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.kernel.Weeks;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps, once a day, what is expected of the weeks to come, from which the page shows the
 * predictions; the first one of a week stays for ever, to be compared with what came. Counts what
 * came in in the weeks that are over: banks tell some of it late, so that a week is counted anew
 * for a while.
 */
@Component
@Order(8)
class ForecastSnapshots implements FollowsDay {

  /** How long after its end a week is counted anew each day. */
  private static final int WEEKS_OPEN = 3;

  /** After a time without forecasts, weeks further back than this are of no use. */
  private static final int WEEKS_MAX = 60;

  private final ExpectedCash expected;
  private final Creditors creditors;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  ForecastSnapshots(
      ExpectedCash expected,
      Creditors creditors,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.expected = expected;
    this.creditors = creditors;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** After the first scoring of a start, by whose model it predicts. */
  @Scheduled(fixedDelayString = "${relance.analytics.day-interval:60s}", initialDelayString = "70s")
  void scheduled() {
    followDay();
  }

  @Override
  public synchronized void followDay() {
    for (Creditor creditor : creditors.findAll()) {
      LocalDate today = creditor.calendar().dateOf(clock.instant());
      LocalDate last = madeOn(creditor.key());
      if (!today.equals(last)) {
        List<ExpectedCash.Outlook> outlooks =
            expected.reckoned(new Cut(List.of(creditor.key()), null, null, null), today);
        boolean weekly =
            last == null || last.isBefore(Weeks.mondayOf(today)) || last.isAfter(today);
        transactions.executeWithoutResult(
            run -> {
              keep(creditor.key(), today, weekly, outlooks);
              LocalDate since = last == null || last.isAfter(today) ? today : last;
              count(creditor.key(), today, Weeks.mondayOf(since).minusWeeks(WEEKS_OPEN));
            });
      }
    }
  }

  private @Nullable LocalDate madeOn(long creditorId) {
    return jdbc
        .query(
            "SELECT made_on FROM cash_forecast_run WHERE creditor_id = ?",
            (rs, n) -> Sql.requiredDate(rs, "made_on"),
            creditorId)
        .stream()
        .findFirst()
        .orElse(null);
  }

  private void keep(
      long creditorId, LocalDate today, boolean weekly, List<ExpectedCash.Outlook> outlooks) {
    jdbc.update(
        "INSERT INTO cash_forecast_run (creditor_id, made_on) VALUES (?,?) ON DUPLICATE KEY UPDATE made_on = VALUES(made_on)",
        creditorId,
        today);
    jdbc.update("DELETE FROM cash_forecast WHERE creditor_id = ? AND weekly = FALSE", creditorId);
    for (ExpectedCash.Outlook outlook : outlooks) {
      for (ExpectedCash.Week week : outlook.weeks()) {
        Money predicted = week.predicted();
        jdbc.update(
            "INSERT IGNORE INTO cash_forecast (creditor_id, currency, week, made_on, weekly, due, promised, plans, predicted)"
                + " VALUES (?,?,?,?,?,?,?,?,?)",
            creditorId,
            outlook.currency().getCurrencyCode(),
            week.monday(),
            today,
            weekly,
            week.due().amount(),
            week.promised().amount(),
            week.plans().amount(),
            predicted == null ? null : predicted.amount());
      }
    }
  }

  /** Of each currency of which anything was expected or came; nothing is a number, too. */
  private void count(long creditorId, LocalDate today, LocalDate first) {
    LocalDate oldest = Weeks.mondayOf(today).minusWeeks(WEEKS_MAX);
    LocalDate week = first.isBefore(oldest) ? oldest : first;
    for (; week.isBefore(Weeks.mondayOf(today)); week = week.plusWeeks(1)) {
      jdbc.update(
          "INSERT INTO cash_week (creditor_id, currency, week, came, counted_on)"
              + " SELECT ?, x.currency, ?, SUM(x.amount), ? FROM (SELECT a.currency, a.amount FROM allocation a JOIN invoice i"
              + " ON i.id = a.invoice_id WHERE"
              + CashWeeks.CAME
              + " AND i.creditor_id = ?"
              + " UNION ALL SELECT f.currency, 0 FROM cash_forecast f WHERE f.creditor_id = ? AND f.week = ?) x GROUP BY x.currency"
              + " ON DUPLICATE KEY UPDATE came = VALUES(came), counted_on = VALUES(counted_on)",
          creditorId,
          week,
          today,
          week,
          week.plusDays(6),
          creditorId,
          creditorId,
          week);
    }
  }
}
