package io.relance.analytics.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the events of a partition are whole: their numbers follow one another. What stands out of
 * order within what is read at once is put in order; what came before is not counted again.
 */
final class FlowSequence {

  /**
   * Numbers that are not there.
   *
   * @param afterSerial the number before them
   * @param from when the event before them happened; null if there is none
   * @param until when the event after them happened
   */
  record Hole(long afterSerial, long missing, @Nullable Instant from, Instant until) {}

  /** An event whose number was passed already. */
  record Passed(long serial, Instant at) {}

  /**
   * @param events to count, in their order
   * @param serial of the last event so far; null while none had a number
   */
  record Checked(
      List<StepEvent> events, List<Hole> holes, List<Passed> passed, @Nullable Long serial) {}

  private FlowSequence() {}

  /**
   * @param serial of the last event that was counted; null if none had a number
   * @param at when it happened
   * @param wholeAfter events up to that moment were deleted in part, so holes in them say nothing;
   *     null if none was
   */
  static Checked check(
      List<StepEvent> read,
      @Nullable Long serial,
      @Nullable Instant at,
      @Nullable Instant wholeAfter) {
    List<StepEvent> events = new ArrayList<>();
    List<Hole> holes = new ArrayList<>();
    List<Passed> passed = new ArrayList<>();
    Long last = serial;
    Instant lastAt = at;
    for (StepEvent event : inOrder(read)) {
      Long number = event.serial();
      if (number != null) {
        long before = last == null ? 0 : last;
        if (last != null && number <= before) {
          passed.add(new Passed(number, event.at()));
          continue;
        }
        if (number > before + 1 && isWhole(lastAt, wholeAfter)) {
          holes.add(new Hole(before, number - before - 1, lastAt, event.at()));
        }
        last = number;
      }
      lastAt = event.at();
      events.add(event);
    }
    return new Checked(events, holes, passed, last);
  }

  private static boolean isWhole(@Nullable Instant at, @Nullable Instant wholeAfter) {
    return wholeAfter == null || (at != null && at.isAfter(wholeAfter));
  }

  private static List<StepEvent> inOrder(List<StepEvent> read) {
    if (read.stream().anyMatch(event -> event.serial() == null)) {
      return read;
    }
    return read.stream()
        .sorted(
            Comparator.comparingLong(
                event -> {
                  Long number = event.serial();
                  return number == null ? 0 : number;
                }))
        .toList();
  }
}
