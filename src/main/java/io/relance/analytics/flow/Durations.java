package io.relance.analytics.flow;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Durations counted by buckets that grow by a twelfth each (eight to a doubling), so that medians
 * and percentiles of years need a few hundred numbers. What is read from them is right to within
 * five per cent.
 */
final class Durations {

  private static final int PER_DOUBLING = 8;

  private final SortedMap<Integer, Long> steps = new TreeMap<>();
  private long count;

  /** The bucket of a duration; those under a millisecond share the first one. */
  static int bucketOf(Duration duration) {
    long millis = Math.max(1, duration.toMillis());
    return (int) Math.floor(PER_DOUBLING * Math.log(millis) / Math.log(2) + 1e-9);
  }

  void add(int bucket, long howMany) {
    steps.merge(bucket, howMany, Long::sum);
    count += howMany;
  }

  void addAll(Durations others) {
    others.steps.forEach(this::add);
  }

  long count() {
    return count;
  }

  /**
   * The duration that this share of the steps did not exceed; the middle of its bucket.
   *
   * @param share such as 0.5 for the median
   * @return null if nothing was counted
   */
  @Nullable Duration percentile(double share) {
    long wanted = (long) Math.ceil(share * count);
    long seen = 0;
    for (Map.Entry<Integer, Long> bucket : steps.entrySet()) {
      seen += bucket.getValue();
      if (seen >= wanted && seen > 0) {
        return middleOf(bucket.getKey());
      }
    }
    return null;
  }

  /** The same where something was counted. */
  Duration required(double share) {
    return Objects.requireNonNull(percentile(share));
  }

  private static Duration middleOf(int bucket) {
    return Duration.ofMillis(Math.round(Math.pow(2, (bucket + 0.5) / PER_DOUBLING)));
  }
}
