package io.relance.designer.running;

import java.util.Locale;
import java.util.Set;

/**
 * An element of a model as far as a migration goes by it.
 *
 * @param type its BPMN name, such as {@code userTask}
 * @param name what its designer called it; its id where they did not
 * @param scope the sub-process or process that it is in
 * @param host the task that it is attached to, or the event gateway that it comes after; empty if
 *     it stands by itself
 * @param event {@code timer}, {@code message}, {@code error} and so on; empty if it is no event
 * @param detail when the timer ends, as written, or the name of the message
 * @param many {@code parallel} or {@code sequential} where it is done for each of several
 * @param kind of a user task: {@code native} or {@code job}; of a sub-process: {@code event} if it
 *     begins by an event
 */
record Part(
    String id,
    String type,
    String name,
    String scope,
    String host,
    String event,
    String detail,
    String many,
    String kind) {

  /** What the engine keeps for a case that waits; an error is thrown when it happens. */
  private static final Set<String> CATCHING = Set.of("timer", "message", "signal");

  /** A start of an event sub-process, a boundary event, or an event after an event gateway. */
  boolean isAttached() {
    return type.equals("boundaryEvent") || !host.isEmpty() || isStartByEvent();
  }

  /** The start event of an event sub-process, which listens while its scope runs. */
  boolean isStartByEvent() {
    return type.equals("startEvent") && kind.equals("event");
  }

  /** A timer that can be kept as it runs, or begun anew. */
  boolean isTimer() {
    return event.equals("timer") && (isAttached() || type.equals("intermediateCatchEvent"));
  }

  /** A case can wait in it. */
  boolean holdsCases() {
    return switch (type) {
      case "subProcess", "adHocSubProcess", "callActivity", "eventBasedGateway" -> true;
      case "intermediateCatchEvent" -> host.isEmpty();
      default -> type.toLowerCase(Locale.ROOT).endsWith("task");
    };
  }

  /** It has to be told of in a migration: cases wait in it, or what they wait for. */
  boolean isMapped() {
    return holdsCases() || (isAttached() && CATCHING.contains(event));
  }

  /** The engine asks for the same type; what it calls a type is more than the shape. */
  boolean isLike(Part other) {
    return type.equals(other.type)
        && event.equals(other.event)
        && many.equals(other.many)
        && kind.equals(other.kind);
  }
}
