package io.relance.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlowSequenceTest {

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  /** An event whose number is that of its minute. */
  private static StepEvent event(@Nullable Long serial, long minute) {
    return new StepEvent(
        minute, 1, minute, 1, "Task", "SERVICE_TASK", "activated", at(minute), serial);
  }

  private static Instant at(long minute) {
    return TEN.plusSeconds(60 * minute);
  }

  private static List<StepEvent> events(long... serials) {
    return Arrays.stream(serials).mapToObj(n -> event(n, n)).toList();
  }

  private static List<Long> counted(FlowSequence.Checked checked) {
    return checked.events().stream().map(StepEvent::serial).toList();
  }

  @Test
  void whatFollowsIsWhole() {
    FlowSequence.Checked checked = FlowSequence.check(events(4, 5, 6), 3L, at(3), null);
    assertThat(counted(checked)).containsExactly(4L, 5L, 6L);
    assertThat(checked.holes()).isEmpty();
    assertThat(checked.passed()).isEmpty();
    assertThat(checked.serial()).isEqualTo(6);
  }

  @Test
  void whatIsMissingIsToldWithWhatStandsAroundIt() {
    FlowSequence.Checked checked = FlowSequence.check(events(4, 8), 3L, at(3), null);
    assertThat(counted(checked)).containsExactly(4L, 8L);
    assertThat(checked.holes()).containsExactly(new FlowSequence.Hole(4, 3, at(4), at(8)));
  }

  @Test
  void aHoleBetweenWhatWasReadAndWhatIsReadNowIsSeen() {
    assertThat(FlowSequence.check(events(9), 3L, at(3), null).holes())
        .containsExactly(new FlowSequence.Hole(3, 5, at(3), at(9)));
  }

  @Test
  void theFirstEventsCanBeMissing() {
    assertThat(FlowSequence.check(events(3, 4), null, null, null).holes())
        .containsExactly(new FlowSequence.Hole(0, 2, null, at(3)));
  }

  @Test
  void whatComesAgainIsNotCountedAgain() {
    FlowSequence.Checked checked = FlowSequence.check(events(2, 3, 4, 4, 5), 3L, at(3), null);
    assertThat(counted(checked)).containsExactly(4L, 5L);
    assertThat(checked.passed())
        .extracting(FlowSequence.Passed::serial)
        .containsExactly(2L, 3L, 4L);
    assertThat(checked.holes()).isEmpty();
  }

  @Test
  void whatIsOutOfOrderIsPutInOrder() {
    FlowSequence.Checked checked = FlowSequence.check(events(6, 4, 5), 3L, at(3), null);
    assertThat(counted(checked)).containsExactly(4L, 5L, 6L);
    assertThat(checked.holes()).isEmpty();
  }

  @Test
  void beforeTheNumbersNothingIsKnown() {
    FlowSequence.Checked checked =
        FlowSequence.check(
            List.of(event(null, 1), event(null, 2), event(1L, 3), event(2L, 4)), null, null, null);
    assertThat(checked.events()).hasSize(4);
    assertThat(checked.holes()).isEmpty();
    assertThat(checked.serial()).isEqualTo(2);
  }

  @Test
  void holesOfWhatWasDeletedAreNone() {
    FlowSequence.Checked checked = FlowSequence.check(events(3, 7, 9, 12), null, null, at(7));
    assertThat(checked.holes()).containsExactly(new FlowSequence.Hole(9, 2, at(9), at(12)));
  }
}
