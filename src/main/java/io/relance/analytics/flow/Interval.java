package io.relance.analytics.flow;

import org.jspecify.annotations.Nullable;

/**
 * A share, or a difference of shares, and between what it lies with 95 of a hundred. All as a part
 * of one, so 0.5 is half.
 */
public record Interval(double value, double low, double high) {

  /** Of so many of so many that were drawn by lot (Wilson); null of nothing. */
  public static @Nullable Interval ofShare(long with, long of) {
    return Proportions.share(new Proportions.Counted(with, of));
  }
}
