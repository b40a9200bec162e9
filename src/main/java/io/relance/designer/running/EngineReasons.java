package io.relance.designer.running;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which of our words goes with what the engine said. */
final class EngineReasons {

  private static final Map<String, String> BY_WORDS = new LinkedHashMap<>();

  static {
    BY_WORDS.put("concurrent command was executed", "moving");
    BY_WORDS.put("no mapping instruction defined for active element", "unmapped");
    BY_WORDS.put("different implementation", "implementation");
    BY_WORDS.put("different type", "type");
    BY_WORDS.put("have different event types", "event-type");
    BY_WORDS.put("flow scope of active element", "scope");
    BY_WORDS.put("flow scope with more than one active instance", "several");
    BY_WORDS.put("detach the catch event", "detached");
    BY_WORDS.put("already subscribed to", "subscribed");
    BY_WORDS.put("non-existing target element", "no-target");
    BY_WORDS.put("non-existing source element", "no-source");
    BY_WORDS.put("no process definition found", "no-version");
    BY_WORDS.put("are unsupported", "unsupported");
  }

  private EngineReasons() {}

  /** A code of our words; {@code other} for what we do not know. */
  static String of(String said) {
    return BY_WORDS.entrySet().stream()
        .filter(each -> said.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("other");
  }
}
