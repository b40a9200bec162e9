package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.engine.TestDecisions;
import io.relance.kernel.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a payer is called best, and when at all. */
class BestHourTest {

  private static final BusinessCalendar PARIS = BusinessCalendar.of("Europe/Paris", "FR");
  private final BestHour calls = new BestHour();

  @Test
  void whereNothingIsKnownItIsTheMiddleOfTheMorning() {
    assertThat(calls.first(hours(8, 18))).isEqualTo(10);
    assertThat(calls.first(hours(14, 20))).isEqualTo(14);
  }

  @Test
  void whoAnswersInTheAfternoonIsCalledThen() {
    IntStream.range(0, 4).forEach(i -> calls.add(15, true));
    IntStream.range(0, 4).forEach(i -> calls.add(10, false));
    assertThat(calls.first(hours(9, 18))).isEqualTo(14);
    calls.add(16, true);
    assertThat(calls.first(hours(9, 18))).as("15 and 16").isEqualTo(15);
  }

  @Test
  void oneLuckyCallDoesNotOutweighMany() {
    calls.add(17, true);
    IntStream.range(0, 20).forEach(i -> calls.add(11, i % 10 != 0));
    assertThat(calls.first(hours(9, 19))).isEqualTo(10);
  }

  @Test
  void hoursThatAreNotPermittedAreNeverTheBest() {
    IntStream.range(0, 9).forEach(i -> calls.add(20, true));
    Integer first = calls.first(hours(9, 18));
    assertThat(first).isBetween(9, 17);
    assertThat(calls.first(new boolean[24])).isNull();
  }

  /**
   * In France calls are made from ten to one and from two to eight, as contact-permission.dmn says.
   */
  @Test
  void thePermittedHoursAreThoseOfThePolicyByThePayersClock() {
    PermittedHours permitted = new PermittedHours(TestDecisions.shipped());
    LocalDate tuesday = LocalDate.of(2026, 3, 3);
    assertThat(wholeHours(permitted, tuesday)).isEqualTo("{10, 11, 12, 14, 15, 16, 17, 18, 19}");
    assertThat(wholeHours(permitted, LocalDate.of(2026, 7, 14))).as("a holiday").isEqualTo("{}");
    Instant morning = Instant.parse("2026-03-03T06:00:00Z");
    int bits = permitted.inUtc(PARIS, PARIS, morning);
    assertThat(CallHours.isIn(bits, Instant.parse("2026-03-03T08:59:59Z"))).isFalse();
    assertThat(CallHours.isIn(bits, Instant.parse("2026-03-03T09:00:00Z"))).isTrue();
    assertThat(CallHours.isIn(bits, Instant.parse("2026-03-03T12:30:00Z"))).as("lunch").isFalse();
    assertThat(CallHours.isIn(bits, Instant.parse("2026-03-03T19:00:00Z"))).isFalse();
  }

  private static String wholeHours(PermittedHours permitted, LocalDate day) {
    BitSet hours = new BitSet();
    for (int hour = 0; hour < 24; hour++) {
      hours.set(hour, permitted.isWholeHour(PARIS, PARIS, day, hour));
    }
    return hours.toString();
  }

  private static boolean[] hours(int from, int to) {
    boolean[] hours = new boolean[24];
    for (int hour = from; hour < to; hour++) {
      hours[hour] = true;
    }
    return hours;
  }
}
