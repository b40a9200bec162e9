package io.relance.casework.plans;

import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits an amount into dated instalments that add up to it, to the last minor unit. */
public final class InstalmentSchedule {

  static final int COUNT_MAX = 60;
  static final int YEARS_MAX = 3;

  /** How far apart instalments are. */
  public enum Rhythm {
    WEEKLY(Period.ofWeeks(1)),
    FORTNIGHTLY(Period.ofWeeks(2)),
    MONTHLY(Period.ofMonths(1));

    private final Period step;

    Rhythm(Period step) {
      this.step = step;
    }

    /** As the API and forms write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Rhythm of(String word) {
      try {
        return valueOf(word.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(
            "rhythm is '" + word + "': it is weekly, fortnightly or monthly");
      }
    }
  }

  private InstalmentSchedule() {}

  /**
   * Equal instalments; what cannot be divided is spread over the first ones, a minor unit each.
   * Each falls on the same day of its week or month (a 31st on the month's last day), or on the
   * next business day.
   *
   * @param first the day of the first one
   * @throws IllegalArgumentException if there are fewer than two or more than sixty, or the amount
   *     is too small for them
   */
  public static List<Instalment> even(
      Money total, int count, LocalDate first, Rhythm rhythm, BusinessCalendar calendar) {
    if (count < 2 || count > COUNT_MAX) {
      throw new IllegalArgumentException(
          "count is " + count + ": a plan has 2 to " + COUNT_MAX + " instalments");
    }
    int scale = total.amount().scale();
    BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
    BigDecimal share = total.amount().divide(BigDecimal.valueOf(count), scale, RoundingMode.DOWN);
    if (share.signum() <= 0) {
      throw new IllegalArgumentException(
          total + " cannot be paid in " + count + " instalments: there is too little of it");
    }
    int larger =
        total
            .amount()
            .subtract(share.multiply(BigDecimal.valueOf(count)))
            .divide(unit, 0, RoundingMode.UNNECESSARY)
            .intValueExact();
    List<Instalment> instalments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // counted from the first day, so that the 31st comes back after a short month
      LocalDate day = first.plus(rhythm.step.multipliedBy(i));
      instalments.add(
          new Instalment(
              i + 1,
              calendar.businessDayOnOrAfter(day),
              new Money(i < larger ? share.add(unit) : share, total.currency())));
    }
    return List.copyOf(instalments);
  }

  /**
   * The instalments as they were proposed, if they can be agreed to.
   *
   * @throws IllegalArgumentException that says which of them is wrong, or by how much they miss the
   *     total
   */
  static List<Instalment> checked(List<Instalment> proposed, Money total, LocalDate today) {
    if (proposed.isEmpty() || proposed.size() > COUNT_MAX) {
      throw new IllegalArgumentException(
          "instalments are " + proposed.size() + ": a plan has 1 to " + COUNT_MAX);
    }
    Money sum = Money.zero(total.currency());
    LocalDate before = today.minusDays(1);
    for (Instalment instalment : proposed) {
      String name = "instalment " + instalment.number();
      if (!instalment.amount().isPositive()) {
        throw new IllegalArgumentException(
            name + " is " + instalment.amount() + ": it must be positive");
      }
      if (!instalment.dueOn().isAfter(before)) {
        throw new IllegalArgumentException(
            name
                + " is due on "
                + instalment.dueOn()
                + ": it must come after "
                + before
                + (instalment.number() == 1 ? ", which is past" : ", the one before it"));
      }
      before = instalment.dueOn();
      sum = sum.plus(instalment.amount());
    }
    if (before.isAfter(today.plusYears(YEARS_MAX))) {
      throw new IllegalArgumentException(
          "the last instalment is due on "
              + before
              + ": a plan ends within "
              + YEARS_MAX
              + " years");
    }
    if (!sum.equals(total)) {
      Money off = total.minus(sum);
      throw new IllegalArgumentException(
          "the instalments add up to "
              + sum
              + ", and "
              + total
              + " is open: "
              + (off.isPositive() ? off + " too little" : off.negated() + " too much"));
    }
    return List.copyOf(proposed);
  }
}
