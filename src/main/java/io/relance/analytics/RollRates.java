package io.relance.analytics;

import io.relance.kernel.Money;
import io.relance.ledger.AgeingBucket;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of each age moved on to the next one in a month: open in the next age now / open in this
 * age a month before x 100. Of the last age, which keeps what it has, only the thirty days that
 * follow 90 count.
 */
public final class RollRates {

  /** From an age to the next: {@code 91-120} after {@code 61-90}. */
  public record Rate(String from, String to, Money before, Money now, Figure rate) {}

  private RollRates() {}

  /** All of them, the youngest first. */
  public static List<Rate> between(AgedFigures before, AgedFigures now) {
    List<Rate> rates = new ArrayList<>();
    AgeingBucket[] ages = AgeingBucket.values();
    for (int i = 0; i + 1 < ages.length; i++) {
      boolean last = ages[i + 1] == AgeingBucket.BEYOND;
      Money then = before.bucket(ages[i]).amount();
      Money moved = last ? now.from91To120() : now.bucket(ages[i + 1]).amount();
      rates.add(
          new Rate(
              ages[i].word(),
              last ? "91-120" : ages[i + 1].word(),
              then,
              moved,
              Figure.percent(moved, then, Figure.Why.NOTHING_BEFORE)));
    }
    return rates;
  }
}
