package io.relance.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.Server;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The days on which calendars go wrong, on a server that lives through them. */
@DisabledIfSystemProperty(
    named = "relance.test.containers",
    matches = "true",
    disabledReason = "it has a clock of its own, and the containers are shared")
class CalendarStoryTest {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /**
   * 29 February 2028 is a Tuesday and counts as a day; in the night to 26 March the clocks go
   * forward. Band C: three days, then ten.
   */
  @Test
  void theLeapDayCountsAndTheSendingWindowKeepsLocalTime() {
    try (Server server =
        Server.fresh("calendar", Map.of("relance.clock.start", "2028-02-25T08:00:00Z"))) {
      owes(server, "LEAP", LocalDate.of(2028, 2, 26));
      owes(server, "FEB", LocalDate.of(2028, 2, 28));
      server.advance("P5D"); // to 1 March, 9 o'clock in Paris
      assertThat(sentTo(server, "leap")).containsExactly(LocalDate.of(2028, 2, 29));
      assertThat(sentTo(server, "feb")).as("two days late by now").isEmpty();
      server.advance("P1D");
      assertThat(sentTo(server, "feb")).containsExactly(LocalDate.of(2028, 3, 2));
      server.jump("P16D"); // to Saturday, 18 March
      owes(server, "SPRING", LocalDate.of(2028, 3, 16));
      server.advance("P10D");
      List<LocalDateTime> spring = times(server, "spring");
      // three days late is Sunday the 19th, so Monday; ten days late is the very Sunday on which
      // the
      // clocks go forward, so the Monday after
      assertThat(spring)
          .extracting(LocalDateTime::toLocalDate)
          .containsExactly(LocalDate.of(2028, 3, 20), LocalDate.of(2028, 3, 27));
      assertThat(spring).allMatch(t -> t.getHour() == 8, "in the first hour of the window");
    }
  }

  private static void owes(Server server, String number, LocalDate due) {
    String csv =
        "customer_id,customer_name,email,country,invoice_number,issue_date,due_date,amount,currency\n"
            + "%1$s,Payer %1$s,%2$s@payers.example,FR,%1$s-1,%3$s,%4$s,200.00,EUR\n"
                .formatted(
                    number, number.toLowerCase(java.util.Locale.ROOT), due.minusDays(30), due);
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
  }

  private static List<LocalDate> sentTo(Server server, String who) {
    return times(server, who).stream().map(LocalDateTime::toLocalDate).toList();
  }

  private static List<LocalDateTime> times(Server server, String who) {
    return MailFolder.sentTo(server, who + "@payers.example").stream()
        .map(t -> LocalDateTime.ofInstant(t, PARIS))
        .toList();
  }
}
