package io.relance.casework;

import io.relance.kernel.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;

/**
 * When a case goes on: at the opening of the sending window of a business day, spread over minutes
 * so that not all come at once. A payer's cases come together, so that they make one message.
 */
public final class CaseTimes {

  private static final int SPREAD_MINUTES = 30;

  private CaseTimes() {}

  /** The moment for a payer on that day, or on the next one that is worked. */
  public static Instant opening(BusinessCalendar calendar, LocalDate day, long payerId) {
    long seconds = Math.floorMod(payerId * 7919, SPREAD_MINUTES * 60L);
    return calendar.opening(calendar.businessDayOnOrAfter(day)).plusSeconds(seconds);
  }
}
