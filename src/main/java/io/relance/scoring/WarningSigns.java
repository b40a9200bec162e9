package io.relance.scoring;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.inference.MannWhitneyUTest;

/** Finds what changed with a payer, by stated tests on what was known at the end of a day. */
final class WarningSigns {

  /**
   * @param kind {@code pays-later} or {@code exposure-jump}
   * @param evidence in words, with the figures
   */
  record Sign(String kind, String evidence) {}

  private static final int RECENT_DAYS = 90;
  private static final int BEFORE_DAYS = 730;
  private static final int RECENT_MIN = 3;
  private static final int BEFORE_MIN = 8;
  private static final int SHIFT_DAYS_MIN = 5;

  /** Of the two-sided test; half of it is the chance of a shift to the late side. */
  private static final double P_MAX = 0.02;

  private static final BigDecimal JUMP = new BigDecimal("3");

  private WarningSigns() {}

  static List<Sign> of(PayerHistory history) {
    List<Sign> signs = new ArrayList<>();
    paysLater(history).ifPresent(signs::add);
    exposureJump(history).ifPresent(signs::add);
    return signs;
  }

  /**
   * A payer who pays later than its own habit: the lateness of what fell due in the last 90 days
   * against that of the two years before, by the test of Mann and Whitney, and by five days at the
   * median. What is overdue counts with the days so far.
   */
  private static Optional<Sign> paysLater(PayerHistory history) {
    LocalDate today = history.asOf();
    LocalDate recently = today.minusDays(RECENT_DAYS);
    double[] recent = lateness(history, recently, today);
    double[] before = lateness(history, recently.minusDays(BEFORE_DAYS), recently);
    if (recent.length < RECENT_MIN || before.length < BEFORE_MIN) {
      return Optional.empty();
    }
    double shift = new Median().evaluate(recent) - new Median().evaluate(before);
    if (shift < SHIFT_DAYS_MIN) {
      return Optional.empty();
    }
    double p = new MannWhitneyUTest().mannWhitneyUTest(recent, before);
    return p > P_MAX
        ? Optional.empty()
        : Optional.of(
            new Sign(
                "pays-later",
                String.format(
                    Locale.ROOT,
                    "The %d invoices of the last %d days were paid %.0f days later, at the median, than the %d before"
                        + " (Mann-Whitney test, p = %.4f)",
                    recent.length,
                    RECENT_DAYS,
                    shift,
                    before.length,
                    p)));
  }

  private static double[] lateness(PayerHistory history, LocalDate after, LocalDate until) {
    LocalDate today = history.asOf();
    return history.invoices().stream()
        .filter(i -> i.due().isAfter(after) && !i.due().isAfter(until))
        .filter(i -> i.settledOn() != null || i.due().isBefore(today))
        .mapToDouble(
            i -> ChronoUnit.DAYS.between(i.due(), i.settledOn() == null ? today : i.settledOn()))
        .toArray();
  }

  private static Optional<Sign> exposureJump(PayerHistory history) {
    PayerFacts facts = PayerFacts.of(history);
    return facts.judged() < BEFORE_MIN || facts.exposureRatio().compareTo(JUMP) < 0
        ? Optional.empty()
        : Optional.of(
            new Sign(
                "exposure-jump",
                "Owes "
                    + facts.exposureRatio().toPlainString()
                    + " times the mean of the last twelve month ends"));
  }
}
