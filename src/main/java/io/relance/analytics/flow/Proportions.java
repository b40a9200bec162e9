package io.relance.analytics.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares of cases with their intervals of 95 %.
 *
 * <p>A share has Wilson's score interval; the difference of two shares Newcombe's hybrid score
 * interval (R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17 (1998), 873-890, method 10), which keeps its word with
 * few cases and with shares near none and all.
 */
final class Proportions {

  /** Of the normal distribution, for 95 % in the middle. */
  private static final double Z = 1.959963984540054;

  /** So many of so many. */
  record Counted(long with, long of) {

    double share() {
      return (double) with / of;
    }
  }

  /** Two counts of the same stratum. */
  record Stratum(Counted a, Counted b) {}

  private Proportions() {}

  /** Wilson's interval; null of nothing. */
  static @Nullable Interval share(Counted counted) {
    if (counted.of() == 0) {
      return null;
    }
    double n = counted.of();
    double p = counted.share();
    double denominator = 1 + Z * Z / n;
    double centre = (p + Z * Z / (2 * n)) / denominator;
    double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / denominator;
    return new Interval(p, Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /** How much larger the first share is than the second; null if either is of nothing. */
  static @Nullable Interval difference(Counted a, Counted b) {
    Interval one = share(a);
    Interval other = share(b);
    if (one == null || other == null) {
      return null;
    }
    double d = one.value() - other.value();
    return new Interval(
        d,
        d - Math.hypot(one.value() - one.low(), other.high() - other.value()),
        d + Math.hypot(one.high() - one.value(), other.value() - other.low()));
  }

  /**
   * The difference within strata, put together with the weights of Mantel and Haenszel, and its
   * interval by the variance of Greenland and Robins (S. Greenland, J. M. Robins, "Estimation of a
   * common effect parameter from sparse follow-up data", Biometrics 41 (1985), 55-68). What only
   * one of the two has counts for nothing.
   *
   * @return null if they have no stratum in common
   */
  static @Nullable Interval differenceWithin(List<Stratum> strata) {
    double weights = 0;
    double weighted = 0;
    double variance = 0;
    for (Stratum stratum : strata) {
      double m = stratum.a().of();
      double n = stratum.b().of();
      if (m == 0 || n == 0) {
        continue;
      }
      double weight = m * n / (m + n);
      double p = stratum.a().share();
      double q = stratum.b().share();
      weights += weight;
      weighted += weight * (p - q);
      variance += weight * weight * (p * (1 - p) / m + q * (1 - q) / n);
    }
    if (weights == 0) {
      return null;
    }
    double d = weighted / weights;
    double half = Z * Math.sqrt(variance) / weights;
    return new Interval(d, Math.max(-1, d - half), Math.min(1, d + half));
  }

  /**
   * How far two shares are apart in units of their spread; more than 0.1 counts as a difference (P.
   * C. Austin, "Balance diagnostics for comparing the distribution of baseline covariates between
   * treatment groups", Statistics in Medicine 28 (2009), 3083-3107).
   */
  static double standardisedDifference(Counted a, Counted b) {
    if (a.of() == 0 || b.of() == 0) {
      return 0;
    }
    double p = a.share();
    double q = b.share();
    double spread = Math.sqrt((p * (1 - p) + q * (1 - q)) / 2);
    if (spread == 0) {
      return p == q ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(p - q) / spread;
  }
}
