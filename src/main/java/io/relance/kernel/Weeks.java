package io.relance.kernel;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Weeks begin on Monday, as ISO 8601 has it, and are named by that day. */
public final class Weeks {

  private Weeks() {}

  /** The Monday of the week that the day is in: the day itself, or one of the six before it. */
  public static LocalDate mondayOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
