package io.relance.analytics.flow;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the engine told of one activity, event or gateway.
 *
 * @param change {@code activated}, {@code completed}, {@code terminated}, or {@code migrated} to
 *     the element that is named
 * @param type the engine's, such as {@code SERVICE_TASK}
 * @param serial its number in its partition; null where none was given, before numbers were
 */
record StepEvent(
    long position,
    long processInstanceKey,
    long elementInstanceKey,
    long processKey,
    String elementId,
    String type,
    String change,
    Instant at,
    @Nullable Long serial) {

  /** What a way is made of: junctions, decisions and what waits are left out. */
  private static final Set<String> ACTIVITIES =
      Set.of(
          "SERVICE_TASK",
          "USER_TASK",
          "SEND_TASK",
          "RECEIVE_TASK",
          "SCRIPT_TASK",
          "MANUAL_TASK",
          "CALL_ACTIVITY",
          "TASK");

  boolean isOfProcess() {
    return type.equals("PROCESS");
  }

  boolean beginsActivity() {
    return change.equals("activated") && ACTIVITIES.contains(type);
  }

  boolean reachesEnd() {
    return change.equals("activated") && type.equals("END_EVENT");
  }

  boolean isEnd() {
    return change.equals("completed") || change.equals("terminated");
  }
}
