package io.relance.analytics.forecast;

import io.relance.kernel.Money;
import io.relance.kernel.Sql;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What came in in weeks that are over. */
@Component
public class CashWeeks {

  /** What counts as cash that came in between two days, of allocations as a. */
  static final String CAME = " a.booked_on BETWEEN ? AND ? AND a.kind IN ('payment','ledger')";

  private final JdbcTemplate jdbc;

  CashWeeks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By the codes of the currencies; a currency of which nothing came nor was expected is missing.
   *
   * @param monday of the week
   */
  public Map<String, Money> of(Collection<Long> creditors, LocalDate monday) {
    List<Object> values = new java.util.ArrayList<>(creditors);
    values.add(monday);
    Map<String, Money> came = new TreeMap<>();
    jdbc.query(
        "SELECT currency, SUM(came) FROM cash_week WHERE creditor_id IN ("
            + Sql.marks(creditors.size())
            + ") AND week = ? GROUP BY currency",
        rs -> {
          came.put(rs.getString(1), Money.of(rs.getBigDecimal(2), rs.getString(1)));
        },
        values.toArray());
    return came;
  }
}
