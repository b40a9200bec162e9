package io.relance.analytics.forecast;

import io.relance.analytics.Figure;
import io.relance.analytics.Figure.Known;
import io.relance.analytics.Figure.Unit;
import io.relance.analytics.Figure.Unknown;
import io.relance.analytics.Figure.Why;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * How wrong forecasts of one currency and one distance were. The error of a week is the forecast
 * less what came: more than 0 is too hopeful.
 *
 * @param weeks that were compared
 * @param bias sum of the errors / sum of what came x 100
 * @param weighted sum of the errors without their sign / sum of what came x 100 (WAPE)
 * @param mean of the weeks in which anything came, the mean of error without its sign / what came x
 *     100 (MAPE)
 */
public record ForecastErrors(int weeks, Figure bias, Figure weighted, Figure mean) {

  /** A week's forecast and what came in. */
  public record Pair(BigDecimal forecast, BigDecimal came) {

    public BigDecimal error() {
      return forecast.subtract(came);
    }
  }

  public static ForecastErrors of(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return none(0, Why.NO_FORECAST);
    }
    BigDecimal came = BigDecimal.ZERO;
    BigDecimal errors = BigDecimal.ZERO;
    BigDecimal sizes = BigDecimal.ZERO;
    BigDecimal shares = BigDecimal.ZERO;
    int weeksWithCash = 0;
    for (Pair pair : pairs) {
      came = came.add(pair.came());
      errors = errors.add(pair.error());
      sizes = sizes.add(pair.error().abs());
      if (pair.came().signum() > 0) {
        shares = shares.add(pair.error().abs().divide(pair.came(), MathContext.DECIMAL128));
        weeksWithCash++;
      }
    }
    if (came.signum() <= 0) {
      return none(pairs.size(), Why.NO_CASH);
    }
    return new ForecastErrors(
        pairs.size(),
        new Known(errors.movePointRight(2).divide(came, MathContext.DECIMAL64), Unit.PERCENT),
        Figure.percent(sizes, came, Why.NO_CASH),
        Figure.percent(shares, BigDecimal.valueOf(weeksWithCash), Why.NO_CASH));
  }

  private static ForecastErrors none(int weeks, Why why) {
    Figure unknown = new Unknown(why, Unit.PERCENT);
    return new ForecastErrors(weeks, unknown, unknown, unknown);
  }
}
