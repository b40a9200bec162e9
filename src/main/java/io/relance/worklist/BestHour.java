package io.relance.worklist;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The two hours in which a payer is most likely to answer, learned from calls: how many were tried
 * and answered in each hour of a day.
 */
final class BestHour {

  static final int HOURS = 2;

  /** Before nothing is learned, a call is answered about half of the time. */
  private static final double USUAL = 0.5;

  /** So many calls of the usual kind are thought beside those that were made. */
  private static final double DOUBT = 2;

  private static final int MORNING = 10;
  private static final int DAY = 24;

  private final int[] tried = new int[DAY];
  private final int[] answered = new int[DAY];

  /** Learns of a call at that hour of the payer's day. */
  void add(int hour, boolean wasAnswered) {
    tried[hour]++;
    if (wasAnswered) {
      answered[hour]++;
    }
  }

  int answered() {
    return Arrays.stream(answered).sum();
  }

  /**
   * The first of the best two hours; where nothing tells them apart, the one nearest to the middle
   * of the morning, and the earlier of two.
   *
   * @param permitted the hours of the day in which a call is allowed
   * @return null if no hour is permitted
   */
  @Nullable Integer first(boolean[] permitted) {
    Integer best = null;
    double bestRate = -1;
    for (int hour = 0; hour < DAY; hour++) {
      if (!permitted[hour]) {
        continue;
      }
      int next = hour + 1;
      boolean two = next < DAY && permitted[next];
      double rate = rate(hour, two ? next : hour) + (two ? 1e-6 : 0);
      boolean nearer = best != null && Math.abs(hour - MORNING) < Math.abs(best - MORNING);
      if (rate > bestRate + 1e-9 || (Math.abs(rate - bestRate) <= 1e-9 && nearer)) {
        best = hour;
        bestRate = rate;
      }
    }
    return best;
  }

  private double rate(int from, int to) {
    int calls = from == to ? tried[from] : tried[from] + tried[to];
    int hits = from == to ? answered[from] : answered[from] + answered[to];
    return (hits + USUAL * DOUBT) / (calls + DOUBT);
  }
}
