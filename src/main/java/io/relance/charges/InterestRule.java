package io.relance.charges;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Which yearly rate holds on a day of delay. */
sealed interface InterestRule {

  BigDecimal THREE = BigDecimal.valueOf(3);

  /**
   * A rate, and why it is that one.
   *
   * @param percent a year
   */
  record Applied(BigDecimal percent, String because, boolean provisional) {}

  /**
   * @param day of delay
   * @param start the first day of delay
   * @throws RateUnknown if a rate that it refers to is not known
   */
  Applied on(LocalDate day, LocalDate start, ReferenceRates rates);

  /**
   * A reference rate and points on top of it.
   *
   * @param fixed whether the rate of the half-year in which the delay began holds for all of it,
   *     instead of that of each half-year
   */
  record Statutory(RateSeries series, BigDecimal points, boolean fixed) implements InterestRule {

    @Override
    public Applied on(LocalDate day, LocalDate start, ReferenceRates rates) {
      ReferenceRates.Rate rate = rates.on(series, fixed ? start : day);
      return new Applied(
          rate.percent().add(points),
          "%s %s %% of the half-year from %s + %s points"
              .formatted(
                  series.title(), plain(rate.percent()), rate.halfYear(), points.toPlainString()),
          rate.provisional());
    }
  }

  /** What the contract says. */
  record Contract(BigDecimal percent) implements InterestRule {

    @Override
    public Applied on(LocalDate day, LocalDate start, ReferenceRates rates) {
      return new Applied(percent, "agreed", false);
    }
  }

  /**
   * What the contract says, and never less than three times the French legal rate of the half-year
   * (code de commerce, article L441-10 II).
   */
  record FrenchContract(BigDecimal percent) implements InterestRule {

    @Override
    public Applied on(LocalDate day, LocalDate start, ReferenceRates rates) {
      ReferenceRates.Rate legal = rates.on(RateSeries.FRENCH_LEGAL, day);
      BigDecimal floor = legal.percent().multiply(THREE);
      if (percent.compareTo(floor) >= 0) {
        return new Applied(percent, "agreed", false);
      }
      return new Applied(
          floor,
          "agreed are %s %%, and three times the legal rate of the half-year from %s is the least"
              .formatted(plain(percent), legal.halfYear()),
          legal.provisional());
    }
  }

  private static String plain(BigDecimal percent) {
    return percent.stripTrailingZeros().toPlainString();
  }
}
