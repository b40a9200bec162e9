package io.relance.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {

  private final BusinessCalendar paris = BusinessCalendar.of("Europe/Paris", "FR");

  @Test
  void theZoneDecidesTheDay() {
    assertThat(paris.dateOf(Instant.parse("2026-03-31T22:30:00Z")))
        .isEqualTo(LocalDate.of(2026, 4, 1));
    assertThat(
            BusinessCalendar.of("America/New_York", "US")
                .dateOf(Instant.parse("2026-04-01T03:30:00Z")))
        .isEqualTo(LocalDate.of(2026, 3, 31));
  }

  @Test
  void weekendsAndHolidaysAreNotWorked() {
    assertThat(paris.businessDayOnOrAfter(LocalDate.of(2026, 5, 1)))
        .isEqualTo(LocalDate.of(2026, 5, 4));
    assertThat(paris.businessDayOnOrAfter(LocalDate.of(2026, 7, 14)))
        .isEqualTo(LocalDate.of(2026, 7, 15));
    assertThat(BusinessCalendar.of("Europe/Paris", "ZZ").isBusinessDay(LocalDate.of(2026, 7, 14)))
        .isTrue();
  }

  /** In the night of 28 to 29 March 2026 Paris goes from UTC+1 to UTC+2, on 25 October back. */
  @Test
  void clockChangeNightsKeepTheLocalHour() {
    assertThat(paris.opening(LocalDate.of(2026, 3, 27))).isEqualTo("2026-03-27T07:00:00Z");
    assertThat(paris.opening(LocalDate.of(2026, 3, 30))).isEqualTo("2026-03-30T06:00:00Z");
    assertThat(paris.sendingTimeOnOrAfter(Instant.parse("2026-03-29T01:30:00Z")))
        .isEqualTo("2026-03-30T06:00:00Z");
    assertThat(paris.sendingTimeOnOrAfter(Instant.parse("2026-10-25T00:30:00Z")))
        .isEqualTo("2026-10-26T07:00:00Z");
  }

  @Test
  void theSendingWindowOpensAndCloses() {
    Instant inside = Instant.parse("2026-03-03T09:00:00Z");
    assertThat(paris.sendingTimeOnOrAfter(inside)).isEqualTo(inside);
    assertThat(paris.sendingTimeOnOrAfter(Instant.parse("2026-03-03T05:00:00Z")))
        .isEqualTo("2026-03-03T07:00:00Z");
    assertThat(paris.sendingTimeOnOrAfter(Instant.parse("2026-03-03T17:00:00Z")))
        .isEqualTo("2026-03-04T07:00:00Z");
    assertThat(paris.sendingTimeOnOrAfter(Instant.parse("2026-03-06T20:00:00Z")))
        .isEqualTo("2026-03-09T07:00:00Z");
  }

  @Test
  void theTwentyNinthOfFebruaryIsADay() {
    assertThat(paris.dateOf(Instant.parse("2028-02-29T10:00:00Z")))
        .isEqualTo(LocalDate.of(2028, 2, 29));
    assertThat(
            java.time.temporal.ChronoUnit.DAYS.between(
                LocalDate.of(2028, 2, 28), LocalDate.of(2028, 3, 1)))
        .isEqualTo(2);
  }
}
