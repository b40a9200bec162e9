package io.relance.analytics;

import static io.relance.analytics.AgreementFigures.ofPayers;
import static io.relance.analytics.AgreementFigures.values;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.kernel.Weeks;
import io.relance.scoring.PayPredictions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What may come in each week, by four ways of looking at what is open today. They overlap, so they
 * are never added: an invoice has a due date, may be promised for another day, and is predicted for
 * a third one.
 */
@Component
public class ExpectedCash {

  /** How far ahead. */
  public static final int WEEKS = 13;

  /** A prediction that is older says too little of today. */
  private static final int KEPT_DAYS = 7;

  /**
   * A week.
   *
   * @param monday on which it begins
   * @param due falls due in it
   * @param promised open promises for a day of it
   * @param plans instalments of running plans in it
   * @param predicted as payers paid so far, reckoned once a day; null where there is too little
   *     history, or only some payers are asked for
   */
  public record Week(
      LocalDate monday, Money due, Money promised, Money plans, @Nullable Money predicted) {}

  /** The weeks of a currency. */
  public record Outlook(Currency currency, List<Week> weeks) {}

  private final Receivables receivables;
  private final PayPredictions predictions;
  private final JdbcTemplate jdbc;

  ExpectedCash(Receivables receivables, PayPredictions predictions, JdbcTemplate jdbc) {
    this.receivables = receivables;
    this.predictions = predictions;
    this.jdbc = jdbc;
  }

  /**
   * From this week on, a currency each, with the predictions of the last day: they are made of each
   * invoice, and there may be a million.
   */
  public List<Outlook> from(Cut cut, LocalDate today) {
    return outlooks(cut, today, due(cut, today), kept(cut, today));
  }

  /** The same of what was read already. */
  public List<Outlook> from(Cut cut, ReceivablesFigures.Facts facts) {
    return outlooks(cut, facts.day(), facts.dueLater(), kept(cut, facts.day()));
  }

  private List<Dated> due(Cut cut, LocalDate today) {
    return Receivables.dueFrom(receivables.sums(cut, today, Receivables.Basis.DUE), today);
  }

  /** The same with predictions that are made now, of what was open when the day began. */
  public List<Outlook> reckoned(Cut cut, LocalDate today) {
    return outlooks(cut, today, due(cut, today), predicted(cut, today));
  }

  private List<Outlook> outlooks(
      Cut cut,
      LocalDate today,
      List<Dated> dueLater,
      SortedMap<String, SortedMap<LocalDate, Money>> predicted) {
    LocalDate first = Weeks.mondayOf(today);
    SortedMap<String, SortedMap<LocalDate, Money>> due = byWeek(dueLater, first);
    SortedMap<String, SortedMap<LocalDate, Money>> promised = byWeek(promised(cut, today), first);
    SortedMap<String, SortedMap<LocalDate, Money>> plans = byWeek(instalments(cut, today), first);
    SortedMap<String, Boolean> codes = new TreeMap<>();
    List.of(due, promised, plans, predicted)
        .forEach(each -> each.keySet().forEach(code -> codes.put(code, true)));
    List<Outlook> outlooks = new ArrayList<>();
    for (String code : codes.keySet()) {
      if (cut.currency() == null || cut.currency().equals(code)) {
        List<Week> weeks = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
          LocalDate monday = first.plusWeeks(week);
          weeks.add(
              new Week(
                  monday,
                  of(due, code, monday),
                  of(promised, code, monday),
                  of(plans, code, monday),
                  predicted.containsKey(code) ? of(predicted, code, monday) : null));
        }
        outlooks.add(new Outlook(Currency.getInstance(code), weeks));
      }
    }
    return outlooks;
  }

  /** An amount on a day. */
  public record Dated(LocalDate day, Money amount) {}

  private List<Dated> promised(Cut cut, LocalDate today) {
    List<Dated> promised =
        new ArrayList<>(
            dated(
                "SELECT a.promised_for, i.currency, SUM(i.open_amount) FROM payment_promise a JOIN payer p ON p.id = a.payer_id"
                    + " JOIN promise x ON x.payment_promise_id = a.id AND x.state = 'open' JOIN invoice i ON i.id = x.invoice_id"
                    + " WHERE a.state = 'open' AND a.amount IS NULL AND a.promised_for >= ?"
                    + ofPayers(cut)
                    + " GROUP BY a.promised_for, i.currency",
                cut,
                today));
    promised.addAll(
        dated(
            "SELECT a.promised_for, a.currency, SUM(a.amount) FROM payment_promise a JOIN payer p ON p.id = a.payer_id"
                + " WHERE a.state = 'open' AND a.amount IS NOT NULL AND a.promised_for >= ?"
                + ofPayers(cut)
                + " GROUP BY a.promised_for, a.currency",
            cut,
            today));
    return promised;
  }

  private List<Dated> instalments(Cut cut, LocalDate today) {
    return dated(
        "SELECT t.due_on, n.currency, SUM(t.amount) FROM payment_plan n JOIN payer p ON p.id = n.payer_id"
            + " JOIN instalment t ON t.plan_id = n.id WHERE n.state = 'running' AND t.due_on >= ?"
            + ofPayers(cut)
            + " GROUP BY t.due_on, n.currency",
        cut,
        today);
  }

  private List<Dated> dated(String sql, Cut cut, LocalDate from) {
    return jdbc.query(
        sql,
        (rs, n) ->
            new Dated(
                rs.getObject(1, LocalDate.class), Money.of(rs.getBigDecimal(3), rs.getString(2))),
        values(cut, from));
  }

  private SortedMap<String, SortedMap<LocalDate, Money>> predicted(Cut cut, LocalDate today) {
    SortedMap<String, SortedMap<LocalDate, Money>> predicted = new TreeMap<>();
    if (cut.isOfSomePayers()) {
      return predicted;
    }
    for (long creditor : cut.creditors()) {
      for (PayPredictions.CashForecast forecast :
          predictions.cashByWeek(creditor, today.minusDays(1), WEEKS)) {
        for (PayPredictions.Week week : forecast.weeks()) {
          predicted
              .computeIfAbsent(forecast.open().currencyCode(), code -> new TreeMap<>())
              .merge(week.monday(), week.expected(), Money::plus);
        }
      }
    }
    return predicted;
  }

  /** Those of the newest day that was kept; none of a creditor that had none, or old ones only. */
  private SortedMap<String, SortedMap<LocalDate, Money>> kept(Cut cut, LocalDate today) {
    SortedMap<String, SortedMap<LocalDate, Money>> kept = new TreeMap<>();
    if (cut.isOfSomePayers()) {
      return kept;
    }
    List<Object> values = new ArrayList<>(cut.creditors());
    values.add(today.minusDays(KEPT_DAYS));
    values.add(Weeks.mondayOf(today));
    jdbc.query(
        "SELECT f.currency, f.week, f.predicted FROM cash_forecast_run r JOIN cash_forecast f ON f.creditor_id = r.creditor_id"
            + " AND f.made_on = r.made_on WHERE r.creditor_id IN "
            + cut.creditorMarks()
            + " AND r.made_on > ? AND f.week >= ? AND f.predicted IS NOT NULL",
        rs -> {
          String currency = rs.getString(1);
          kept.computeIfAbsent(currency, code -> new TreeMap<>())
              .merge(
                  Sql.requiredDate(rs, "week"),
                  Money.of(rs.getBigDecimal(3), currency),
                  Money::plus);
        },
        values.toArray());
    return kept;
  }

  private static SortedMap<String, SortedMap<LocalDate, Money>> byWeek(
      List<Dated> dated, LocalDate first) {
    SortedMap<String, SortedMap<LocalDate, Money>> weeks = new TreeMap<>();
    for (Dated each : dated) {
      if (each.day().isBefore(first.plusWeeks(WEEKS))) {
        weeks
            .computeIfAbsent(each.amount().currencyCode(), code -> new TreeMap<>())
            .merge(Weeks.mondayOf(each.day()), each.amount(), Money::plus);
      }
    }
    return weeks;
  }

  private static Money of(
      Map<String, SortedMap<LocalDate, Money>> weeks, String code, LocalDate monday) {
    SortedMap<LocalDate, Money> found = weeks.get(code);
    Money amount = found == null ? null : found.get(monday);
    return amount == null ? AgreementFigures.zero(code) : amount;
  }
}
