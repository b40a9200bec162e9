package io.relance.charges;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was open of an invoice on each day. A payment counts on its day still, and is taken off from
 * the day after; what was credited was never owed.
 *
 * @param original what was owed from the beginning, credits deducted
 * @param changes what is open from a day on, in the order of days
 */
record Principal(Money original, NavigableMap<LocalDate, Money> changes) {

  static Principal of(Money original) {
    return new Principal(original, new TreeMap<>());
  }

  /** With a payment that came on that day; a negative one was taken back. */
  Principal paid(LocalDate day, Money amount) {
    NavigableMap<LocalDate, Money> after = new TreeMap<>(changes);
    LocalDate from = day.plusDays(1);
    after.put(from, on(from));
    after.tailMap(from, true).replaceAll((d, open) -> open.minus(amount));
    return new Principal(original, after);
  }

  Money on(LocalDate day) {
    Map.Entry<LocalDate, Money> change = changes.floorEntry(day);
    return change == null ? original : change.getValue();
  }

  /** Whether anything was open on a day between these, both included. */
  boolean isOwedBetween(LocalDate from, LocalDate to) {
    return on(from).isPositive()
        || changes.subMap(from, true, to, true).values().stream().anyMatch(Money::isPositive);
  }

  LocalDate lastDayBeforeChange(LocalDate day) {
    LocalDate next = changes.higherKey(day);
    return next == null ? LocalDate.MAX : next.minusDays(1);
  }
}
