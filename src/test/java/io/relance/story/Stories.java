package io.relance.story;

import io.relance.kernel.BusinessCalendar;
import io.relance.support.Server;
import java.time.Instant;
import java.time.LocalTime;

/** What several stories begin with. */
final class Stories {

  private static final BusinessCalendar CALENDAR = BusinessCalendar.of("Europe/Paris", "FR");

  private Stories() {}

  /** Moves the clock on, if need be, to a business day's morning: what is due goes out at once. */
  static void toABusinessMorning(Server server) {
    while (!isBusinessMorning(server.now())) {
      server.advance("PT6H");
    }
  }

  private static boolean isBusinessMorning(Instant now) {
    LocalTime time = now.atZone(CALENDAR.zone()).toLocalTime();
    return CALENDAR.isBusinessDay(CALENDAR.dateOf(now))
        && time.isAfter(LocalTime.of(8, 30))
        && time.isBefore(LocalTime.of(16, 0));
  }
}
