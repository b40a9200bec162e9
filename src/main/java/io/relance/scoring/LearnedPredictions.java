package io.relance.scoring;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import io.relance.kernel.Weeks;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Asks the trained model of each creditor. */
@Component
class LearnedPredictions implements PayPredictions {

  private static final double SURELY_LATER = 0.999;

  /** Least first; of equal ones, the newest invoice first. */
  private static final Comparator<Share> LEAST_FIRST =
      Comparator.comparing((Share share) -> share.expected().amount())
          .thenComparing(Share::invoiceId, Comparator.reverseOrder());

  private record Open(
      long id,
      long payerId,
      long creditorId,
      LocalDate due,
      Money amount,
      Money open,
      boolean electronic,
      boolean disputed) {

    PayDateModel.Question question(LocalDate asOf) {
      // still open at the end of that day
      double paidAfter = ChronoUnit.DAYS.between(due, asOf) + 0.5;
      return new PayDateModel.Question(
          amount.amount().doubleValue(), electronic, disputed, paidAfter);
    }

    int daysUntil(LocalDate day) {
      return (int) ChronoUnit.DAYS.between(due, day);
    }
  }

  private static final String OPEN =
      "SELECT i.id, i.payer_id, i.creditor_id, i.issue_date, i.due_date, i.amount, i.open_amount, i.currency, i.disputed, p.einvoice_since"
          + " FROM invoice i JOIN payer p ON p.id = i.payer_id WHERE %s AND i.settled_on IS NULL AND i.open_amount > 0"
          + " AND i.outcome IS NULL AND i.issue_date <= ?";

  private final JdbcTemplate jdbc;

  /** Reads row by row: there may be a million, and otherwise all of them are in memory at once. */
  private final JdbcTemplate rowByRow;

  private final PayDateModels models;

  LearnedPredictions(JdbcTemplate jdbc, DataSource database, PayDateModels models) {
    this.jdbc = jdbc;
    this.models = models;
    rowByRow = new JdbcTemplate(database);
    rowByRow.setFetchSize(Integer.MIN_VALUE); // how Connector/J is told to
  }

  @Override
  public Optional<Prediction> predict(long invoiceId, LocalDate asOf) {
    return predict(open("i.id = ?", asOf, invoiceId), asOf).values().stream().findFirst();
  }

  @Override
  public Map<Long, Prediction> ofPayer(long payerId, LocalDate asOf) {
    return predict(open("i.payer_id = ?", asOf, payerId), asOf);
  }

  /** Of invoices of one payer. */
  private Map<Long, Prediction> predict(List<Open> open, LocalDate asOf) {
    Map<Long, Prediction> predictions = new HashMap<>();
    PayDateModels.Trained trained =
        open.isEmpty() ? null : models.of(open.getFirst().creditorId(), asOf).orElse(null);
    PayDateModel model = trained == null ? null : trained.model();
    if (trained == null || model == null) {
      return predictions;
    }
    PayDateModel.Habit habit = model.habitOf(models.paidBy(open.getFirst().payerId(), asOf));
    for (Open invoice : open) {
      PayDates dates = model.predict(habit, invoice.question(asOf));
      if (dates.isBeyond(SURELY_LATER)) {
        continue;
      }
      double[] range = model.range(dates, PayDateTrainer.RANGE_SHARE);
      predictions.put(
          invoice.id(),
          new Prediction(
              day(invoice, dates.quantile(0.5), asOf),
              day(invoice, range[0], asOf),
              day(invoice, range[1], asOf),
              (int) Math.round(100 * dates.late()),
              habit.payments(),
              trained.asOf()));
    }
    return predictions;
  }

  private static LocalDate day(Open invoice, double days, LocalDate asOf) {
    LocalDate day = invoice.due().plusDays(Math.round(days));
    return day.isAfter(asOf) ? day : asOf.plusDays(1);
  }

  @Override
  public List<CashForecast> cashByWeek(long creditorId, LocalDate asOf, int weeks) {
    Map<String, Spread> byCurrency = new TreeMap<>();
    Optional<LocalDate> model =
        askOfEach(
            creditorId,
            asOf,
            (invoice, dates) ->
                byCurrency
                    .computeIfAbsent(
                        invoice.open().currencyCode(),
                        currency -> new Spread(Money.zero(invoice.open().currency()), asOf, weeks))
                    .add(invoice, dates));
    return model
        .map(of -> byCurrency.values().stream().map(spread -> spread.forecast(of)).toList())
        .orElseGet(List::of);
  }

  @Override
  public List<Share> expectedIn(
      long creditorId, String currency, LocalDate asOf, LocalDate monday, int most) {
    LocalDate first = Weeks.mondayOf(asOf.plusDays(1));
    if (monday.isBefore(first)) {
      return List.of();
    }
    PriorityQueue<Share> largest = new PriorityQueue<>(LEAST_FIRST);
    askOfEach(
        creditorId,
        asOf,
        (invoice, dates) -> {
          if (!invoice.open().currencyCode().equals(currency) || dates.isBeyond(SURELY_LATER)) {
            return;
          }
          double before = monday.equals(first) ? 0 : paidUntil(invoice, dates, monday.minusDays(1));
          double chance = paidUntil(invoice, dates, monday.plusDays(6)) - before;
          Money expected = Money.rounded(times(invoice.open(), chance), invoice.open().currency());
          if (!expected.isZero()) {
            int percent = (int) Math.round(100 * chance);
            largest.add(new Share(invoice.id(), invoice.open(), percent, expected));
            if (largest.size() > most) {
              largest.poll();
            }
          }
        });
    return largest.stream().sorted(LEAST_FIRST.reversed()).toList();
  }

  /**
   * Asks the model when each open invoice of a creditor is paid.
   *
   * @return the day up to which the model had learned; empty if there is none, and nobody was asked
   */
  private Optional<LocalDate> askOfEach(
      long creditorId, LocalDate asOf, BiConsumer<Open, PayDates> each) {
    Optional<PayDateModels.Trained> trained = models.of(creditorId, asOf);
    PayDateModel model = trained.map(PayDateModels.Trained::model).orElse(null);
    if (model == null) {
      return Optional.empty();
    }
    Map<Long, PayDateModel.Habit> habits = new HashMap<>();
    for (PaidInvoice invoice : models.paid(creditorId, asOf)) {
      habits.merge(
          invoice.payerId(),
          model.with(PayDateModel.Habit.UNKNOWN, invoice),
          (known, one) -> model.with(known, invoice));
    }
    rowByRow.query(
        OPEN.formatted("i.creditor_id = ?"),
        (ResultSet rs) -> {
          Open invoice = open(rs);
          PayDateModel.Habit habit =
              habits.getOrDefault(invoice.payerId(), PayDateModel.Habit.UNKNOWN);
          each.accept(invoice, model.predict(habit, invoice.question(asOf)));
        },
        creditorId,
        asOf);
    return trained.map(PayDateModels.Trained::asOf);
  }

  /** The chance that it is paid by the end of a day. */
  private static double paidUntil(Open invoice, PayDates dates, LocalDate day) {
    return dates.paidBy(invoice.daysUntil(day) + 0.5);
  }

  private static BigDecimal times(Money money, double chance) {
    return money.amount().multiply(BigDecimal.valueOf(chance));
  }

  /** Sums up what comes when. What rounding leaves over comes later. */
  private static final class Spread {

    private final List<LocalDate> mondays = new ArrayList<>();
    private final BigDecimal[] expected;
    private final Money zero;
    private Money open;
    private Money unpredicted;

    Spread(Money zero, LocalDate asOf, int weeks) {
      this.zero = zero;
      open = zero;
      unpredicted = zero;
      expected = new BigDecimal[weeks];
      LocalDate monday = Weeks.mondayOf(asOf.plusDays(1));
      for (int i = 0; i < weeks; i++) {
        mondays.add(monday.plusWeeks(i));
        expected[i] = BigDecimal.ZERO;
      }
    }

    void add(Open invoice, PayDates dates) {
      open = open.plus(invoice.open());
      if (dates.isBeyond(SURELY_LATER)) {
        unpredicted = unpredicted.plus(invoice.open());
        return;
      }
      double before = 0;
      for (int i = 0; i < expected.length; i++) {
        double until = paidUntil(invoice, dates, mondays.get(i).plusDays(6));
        expected[i] = expected[i].add(times(invoice.open(), until - before));
        before = until;
      }
    }

    CashForecast forecast(LocalDate model) {
      List<Week> weeks = new ArrayList<>();
      Money later = open.minus(unpredicted);
      for (int i = 0; i < expected.length; i++) {
        Money week = Money.rounded(expected[i], zero.currency());
        weeks.add(new Week(mondays.get(i), week));
        later = later.minus(week);
      }
      return new CashForecast(open, List.copyOf(weeks), later, unpredicted, model);
    }
  }

  private List<Open> open(String which, LocalDate asOf, long id) {
    return jdbc.query(OPEN.formatted(which), (rs, n) -> open(rs), id, asOf);
  }

  private static Open open(ResultSet rs) throws SQLException {
    LocalDate electronic = Sql.date(rs, "einvoice_since");
    String currency = rs.getString("currency");
    return new Open(
        rs.getLong("id"),
        rs.getLong("payer_id"),
        rs.getLong("creditor_id"),
        Sql.requiredDate(rs, "due_date"),
        Money.of(rs.getBigDecimal("amount"), currency),
        Money.of(rs.getBigDecimal("open_amount"), currency),
        electronic != null && !electronic.isAfter(Sql.requiredDate(rs, "issue_date")),
        rs.getBoolean("disputed"));
  }
}
