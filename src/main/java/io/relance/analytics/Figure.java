package io.relance.analytics;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A computed figure, or why it cannot be computed. What is not known is never shown as zero: zero
 * days, or nothing at risk, would be good news.
 */
public sealed interface Figure {

  /** Decimals that a figure is rounded to, half up. */
  int DECIMALS = 2;

  /** What a figure counts. */
  enum Unit {
    DAYS("days"),
    PERCENT("percent");

    private final String word;

    Unit(String word) {
      this.word = word;
    }

    /** As the API writes it. */
    public String word() {
      return word;
    }
  }

  /** Why there is no figure. */
  enum Why {
    NO_SALES("no-sales", "nothing was billed in that time"),
    SALES_END_EARLY(
        "sales-end-early",
        "what was billed in the months that are known is less than what is open"),
    MORE_CREDIT("more-credit", "credit notes exceed what is open"),
    NO_OPENING_BALANCE("no-opening-balance", "nothing is known to have been open when it began"),
    NOTHING_COLLECTABLE(
        "nothing-collectable", "nothing of what was open or billed has fallen due since"),
    NOTHING_BEFORE("nothing-before", "nothing was open in that age a month before"),
    NOTHING_OPEN("nothing-open", "nothing is open"),
    NOTHING_DECIDED("nothing-decided", "none was decided in that time"),
    NO_ATTEMPT("no-attempt", "nobody was called in that time"),
    NO_STEP("no-step", "no step was taken in that time"),
    NO_FORECAST("no-forecast", "no forecast of a week that is over was kept"),
    NO_CASH("no-cash", "no money came in in these weeks"),
    NOTHING_OVERDUE("nothing-overdue", "nothing is overdue"),
    NEEDS_ANOTHER("needs-another", "a figure that it is computed from cannot be computed");

    private final String word;
    private final String text;

    Why(String word, String text) {
      this.word = word;
      this.text = text;
    }

    /** As keys of texts have it. */
    public String word() {
      return word;
    }

    /** What follows "cannot be computed, because". */
    public String text() {
      return text;
    }
  }

  /** What it counts. */
  Unit unit();

  /** A figure, rounded to {@link #DECIMALS}. */
  record Known(BigDecimal value, Unit unit) implements Figure {

    public Known {
      value = value.setScale(DECIMALS, RoundingMode.HALF_UP);
    }
  }

  /** None, and why. */
  record Unknown(Why why, Unit unit) implements Figure {}

  /** How many of a hundred; {@code none} where there is nothing to compare with. */
  static Figure percent(BigDecimal part, BigDecimal whole, Why none) {
    if (whole.signum() <= 0) {
      return new Unknown(none, Unit.PERCENT);
    }
    return new Known(
        part.movePointRight(2).divide(whole, DECIMALS, RoundingMode.HALF_UP), Unit.PERCENT);
  }

  /** How many of a hundred, of numbers of things. */
  static Figure percent(long part, long whole, Why none) {
    return percent(BigDecimal.valueOf(part), BigDecimal.valueOf(whole), none);
  }

  /** How many of a hundred, of amounts of one currency. */
  static Figure percent(Money part, Money whole, Why none) {
    return percent(part.plus(Money.zero(whole.currency())).amount(), whole.amount(), none);
  }
}
