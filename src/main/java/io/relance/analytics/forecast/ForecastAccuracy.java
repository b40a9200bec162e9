package io.relance.analytics.forecast;

import io.relance.analytics.Cut;
import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Past forecasts beside what came in. Forecasts are kept by creditor and currency, not by payer: of
 * a segment or an owner there is no past.
 */
@Component
public class ForecastAccuracy {

  /** How many weeks ahead are compared. */
  public static final int WEEKS_AHEAD = 8;

  /** How many weeks are looked back. */
  public static final int WEEKS_BACK = 26;

  /**
   * A week that is over, as it was expected that long before.
   *
   * @param ahead 1 for a week that began within seven days after the forecast was made, up to
   *     {@link #WEEKS_AHEAD}
   * @param predicted as customers had paid so far; null where that was not reckoned
   * @param due what was to fall due in it, for comparison
   * @param came what came in
   */
  public record Week(
      LocalDate monday,
      LocalDate madeOn,
      int ahead,
      @Nullable Money predicted,
      Money due,
      Money came) {}

  /** Both ways of looking ahead, from one distance. */
  public record Distance(int ahead, ForecastErrors predicted, ForecastErrors due) {}

  /** All of a currency; the weeks with the newest first, then the nearest forecast. */
  public record OfCurrency(List<Distance> distances, List<Week> weeks) {}

  private final JdbcTemplate jdbc;

  ForecastAccuracy(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Of the weeks that were over on a day, by the codes of the currencies; empty where nothing was
   * kept, and of some payers only.
   */
  public SortedMap<String, OfCurrency> of(Cut cut, LocalDate day) {
    SortedMap<String, List<Week>> weeks = new TreeMap<>();
    if (!cut.isOfSomePayers()) {
      read(cut, day, weeks);
    }
    SortedMap<String, OfCurrency> accuracy = new TreeMap<>();
    weeks.forEach((code, of) -> accuracy.put(code, compared(of)));
    return accuracy;
  }

  private void read(Cut cut, LocalDate day, SortedMap<String, List<Week>> weeks) {
    List<Object> values = new ArrayList<>(cut.creditors());
    values.add(day.minusWeeks(WEEKS_BACK));
    values.add(day.minusDays(6));
    if (cut.currency() != null) {
      values.add(cut.currency());
    }
    jdbc.query(
        "SELECT f.currency, f.week, f.made_on, CASE WHEN COUNT(f.predicted) = COUNT(*) THEN SUM(f.predicted) END, SUM(f.due), SUM(c.came)"
            + " FROM cash_forecast f JOIN cash_week c ON c.creditor_id = f.creditor_id AND c.week = f.week AND c.currency = f.currency"
            + " WHERE f.creditor_id IN ("
            + Sql.marks(cut.creditors().size())
            + ") AND f.week > ? AND f.week < ? AND f.weekly = TRUE AND f.week >= f.made_on"
            + (cut.currency() == null ? "" : " AND f.currency = ?")
            + " GROUP BY f.currency, f.week, f.made_on ORDER BY f.currency, f.week DESC, f.made_on DESC",
        rs -> {
          String currency = rs.getString(1);
          LocalDate monday = Sql.requiredDate(rs, "week");
          LocalDate madeOn = Sql.requiredDate(rs, "made_on");
          int ahead = ahead(madeOn, monday);
          if (ahead <= WEEKS_AHEAD) {
            BigDecimal predicted = rs.getBigDecimal(4);
            weeks
                .computeIfAbsent(currency, code -> new ArrayList<>())
                .add(
                    new Week(
                        monday,
                        madeOn,
                        ahead,
                        predicted == null ? null : Money.of(predicted, currency),
                        Money.of(rs.getBigDecimal(5), currency),
                        Money.of(rs.getBigDecimal(6), currency)));
          }
        },
        values.toArray());
  }

  static int ahead(LocalDate madeOn, LocalDate monday) {
    return (int) (ChronoUnit.DAYS.between(madeOn, monday) / 7) + 1;
  }

  /**
   * @param all the newest forecast of a week first
   */
  static OfCurrency compared(List<Week> all) {
    List<Week> weeks = oneADistance(all);
    List<Distance> distances = new ArrayList<>();
    for (int ahead = 1; ahead <= WEEKS_AHEAD; ahead++) {
      List<ForecastErrors.Pair> predicted = new ArrayList<>();
      List<ForecastErrors.Pair> due = new ArrayList<>();
      for (Week week : weeks) {
        if (week.ahead() == ahead) {
          Money of = week.predicted();
          if (of != null) {
            predicted.add(new ForecastErrors.Pair(of.amount(), week.came().amount()));
          }
          due.add(new ForecastErrors.Pair(week.due().amount(), week.came().amount()));
        }
      }
      distances.add(new Distance(ahead, ForecastErrors.of(predicted), ForecastErrors.of(due)));
    }
    return new OfCurrency(distances, weeks);
  }

  /**
   * A week counts once from each distance: where the first forecast of some week was late, it and
   * that of the next Monday are both within seven days before a week; the newer one counts.
   */
  private static List<Week> oneADistance(List<Week> all) {
    List<Week> weeks = new ArrayList<>();
    for (Week week : all) {
      boolean known =
          weeks.stream()
              .anyMatch(
                  newer -> newer.ahead() == week.ahead() && newer.monday().equals(week.monday()));
      if (!known) {
        weeks.add(week);
      }
    }
    return weeks;
  }
}
