package io.relance.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void whatIsReadIsRightToWithinFivePerCentFromMillisecondsToYears() {
    Random random = new Random(7);
    long[] millis = random.doubles(5_000, 1, 36).mapToLong(e -> (long) Math.pow(2, e)).toArray();
    Durations durations = new Durations();
    for (long each : millis) {
      durations.add(Durations.bucketOf(Duration.ofMillis(each)), 1);
    }
    Arrays.sort(millis);
    for (double share : new double[] {0.05, 0.5, 0.95, 1}) {
      double exact = millis[(int) Math.ceil(share * millis.length) - 1];
      double read = Objects.requireNonNull(durations.percentile(share)).toMillis();
      assertThat(read).isCloseTo(exact, within(Math.max(0.5, 0.05 * exact)));
    }
    assertThat(durations.count()).isEqualTo(5_000);
  }

  @Test
  void ofNothingThereIsNoMedian() {
    assertThat(new Durations().percentile(0.5)).isNull();
  }

  @Test
  void whatTookNoTimeAtAllCounts() {
    Durations durations = new Durations();
    durations.add(Durations.bucketOf(Duration.ZERO), 3);
    durations.add(Durations.bucketOf(Duration.ofDays(-1)), 1);
    assertThat(Objects.requireNonNull(durations.percentile(1)).toMillis()).isLessThanOrEqualTo(1);
  }
}
