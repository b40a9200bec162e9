package io.relance.scoring;

import org.hipparchus.analysis.solvers.BisectionSolver;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * When one invoice is likely to be paid, in days from its due date: as a payer usually does, or, if
 * it comes to a dispute, later. Two normal distributions, weighted by how likely a dispute is.
 *
 * @param paidAfter days from the due date until which it is known not to be paid; -infinity for an
 *     invoice that is judged before anything is known
 */
record PayDates(
    double usual,
    double usualSpread,
    double disputed,
    double disputedSpread,
    double disputeProbability,
    double paidAfter) {

  private static final int STEPS_MAX = 200;
  private static final double PRECISION_DAYS = 0.01;
  private static final double SPREADS = 12;

  /** The chance that it is paid up to so many days after its due date. */
  double paidBy(double days) {
    if (days <= paidAfter) {
      return 0;
    }
    double before = prior(paidAfter);
    // far beyond anything seen there is nothing left to divide by: it may come any day now
    return before > 1 - 1e-9 ? 1 : (prior(days) - before) / (1 - before);
  }

  private double prior(double days) {
    if (days == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    return disputeProbability
            * new NormalDistribution(disputed, disputedSpread).cumulativeProbability(days)
        + (1 - disputeProbability)
            * new NormalDistribution(usual, usualSpread).cumulativeProbability(days);
  }

  /** Whether it stayed open for longer than all but so few payments ever took. */
  boolean isBeyond(double share) {
    return prior(paidAfter) > share;
  }

  /** The chance that it is paid after its due date; a payment on the day itself is in time. */
  double late() {
    return 1 - paidBy(0.5);
  }

  /** So many days after the due date it is paid with that probability. */
  double quantile(double probability) {
    double low = Math.max(paidAfter, Math.min(usual, disputed) - SPREADS * widest());
    double high = Math.max(low, Math.max(usual, disputed) + SPREADS * widest()) + 1;
    if (paidBy(low) >= probability) {
      return low;
    }
    if (paidBy(high) <= probability) {
      return high;
    }
    return new BisectionSolver(PRECISION_DAYS)
        .solve(STEPS_MAX, days -> paidBy(days) - probability, low, high);
  }

  private double widest() {
    return Math.max(usualSpread, disputedSpread);
  }
}
