package io.relance.charges;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The rates as they are known: each row holds for the half-year that begins on its day. */
public final class ReferenceRates {

  /**
   * A rate that is in force on a day.
   *
   * @param percent a year
   * @param provisional whether it is the one of an earlier half-year, because nobody has entered
   *     this one's yet
   */
  public record Rate(LocalDate halfYear, BigDecimal percent, boolean provisional) {}

  private final Map<RateSeries, NavigableMap<LocalDate, BigDecimal>> rows =
      new EnumMap<>(RateSeries.class);

  /** With one row more; it replaces the one of the same day. */
  public ReferenceRates with(RateSeries series, LocalDate halfYear, BigDecimal percent) {
    rows.computeIfAbsent(series, s -> new TreeMap<>()).put(halfYear, percent);
    return this;
  }

  /**
   * The rate of the half-year in which a day lies.
   *
   * @throws RateUnknown if the series begins later
   */
  public Rate on(RateSeries series, LocalDate day) {
    LocalDate halfYear = halfYearOf(day);
    Map.Entry<LocalDate, BigDecimal> row =
        rows.getOrDefault(series, new TreeMap<>()).floorEntry(halfYear);
    if (row == null) {
      throw new RateUnknown(series, halfYear);
    }
    return new Rate(halfYear, row.getValue(), !row.getKey().equals(halfYear));
  }

  /** The 1 January or 1 July with which the half-year of a day begins. */
  public static LocalDate halfYearOf(LocalDate day) {
    return LocalDate.of(
        day.getYear(), day.getMonth().compareTo(Month.JULY) < 0 ? Month.JANUARY : Month.JULY, 1);
  }
}
