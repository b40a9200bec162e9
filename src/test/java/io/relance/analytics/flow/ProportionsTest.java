package io.relance.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.relance.analytics.flow.Proportions.Counted;
import io.relance.analytics.flow.Proportions.Stratum;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against the published examples of the methods, and against what was computed by hand. */
class ProportionsTest {

  private static final Offset<Double> FOUR_DECIMALS = within(0.00005);

  private static void isBetween(@Nullable Interval interval, double low, double high) {
    Interval there = Objects.requireNonNull(interval);
    assertThat(there.low()).isCloseTo(low, FOUR_DECIMALS);
    assertThat(there.high()).isCloseTo(high, FOUR_DECIMALS);
  }

  @Test
  void aShareHasWilsonsInterval() {
    isBetween(Proportions.share(new Counted(81, 263)), 0.2553, 0.3662);
    isBetween(Proportions.share(new Counted(15, 148)), 0.0624, 0.1605);
    isBetween(Proportions.share(new Counted(0, 20)), 0, 0.1611);
    isBetween(Proportions.share(new Counted(1, 29)), 0.0061, 0.1718);
  }

  @Test
  void aDifferenceHasNewcombesInterval() {
    isBetween(Proportions.difference(new Counted(56, 70), new Counted(48, 80)), 0.0524, 0.3339);
    isBetween(Proportions.difference(new Counted(9, 10), new Counted(3, 10)), 0.1705, 0.8090);
  }

  @Test
  void ofNothingThereIsNoShareAndNoDifference() {
    assertThat(Proportions.share(new Counted(0, 0))).isNull();
    assertThat(Proportions.difference(new Counted(0, 0), new Counted(1, 2))).isNull();
    assertThat(Proportions.differenceWithin(List.of())).isNull();
  }

  /**
   * Band A: 8 of 10 against 40 of 50; band E: 10 of 50 against 2 of 10. Alike in each band, though
   * 18 of 60 against 42 of 60 look far apart.
   */
  @Test
  void withinBandsADifferenceOfTheirMixIsNone() {
    Interval within =
        Objects.requireNonNull(
            Proportions.differenceWithin(
                List.of(
                    new Stratum(new Counted(8, 10), new Counted(40, 50)),
                    new Stratum(new Counted(10, 50), new Counted(2, 10)))));
    assertThat(within.value()).isCloseTo(0, within(1e-12));
    assertThat(within.low()).isNegative();
    Interval plain =
        Objects.requireNonNull(Proportions.difference(new Counted(18, 60), new Counted(42, 60)));
    assertThat(plain.high()).isLessThan(-0.2);
  }

  /**
   * By hand: weights 50 x 50 / 100 = 25 and 20 x 80 / 100 = 16; differences 0.2 and 0.1; (5 + 1.6)
   * / 41 = 0.16098. Variance 625 (0.24 / 50 + 0.24 / 50) + 256 (0.25 / 20 + 0.24 / 80) = 6 + 3.968;
   * 1.96 x root(9.968) / 41 = 0.15093.
   */
  @Test
  void strataAreWeighedAsMantelAndHaenszelDo() {
    Interval within =
        Objects.requireNonNull(
            Proportions.differenceWithin(
                List.of(
                    new Stratum(new Counted(30, 50), new Counted(20, 50)),
                    new Stratum(new Counted(10, 20), new Counted(32, 80)))));
    assertThat(within.value()).isCloseTo(0.16098, within(0.00001));
    assertThat(within.high() - within.value()).isCloseTo(0.15093, within(0.00001));
  }

  /** By hand: 0.1 / root((0.25 + 0.24) / 2) = 0.20203. */
  @Test
  void howFarTwoMixesAreApartIsToldInUnitsOfTheirSpread() {
    assertThat(Proportions.standardisedDifference(new Counted(50, 100), new Counted(40, 100)))
        .isCloseTo(0.20203, within(0.00001));
    assertThat(Proportions.standardisedDifference(new Counted(0, 10), new Counted(0, 9))).isZero();
    assertThat(Proportions.standardisedDifference(new Counted(10, 10), new Counted(0, 9)))
        .isInfinite();
  }
}
