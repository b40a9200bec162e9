package io.relance.designer.running;

import java.util.List;
import java.util.regex.Pattern;

/** What the engine calls an error, as one of our causes; each has words and a remedy. */
final class IncidentCause {

  private static final Pattern MISSING =
      Pattern.compile("No variable found with name '([^']{1,100})'");
  private static final Pattern NUMBERS = Pattern.compile("\\d+");

  private IncidentCause() {}

  static String of(String errorType, String message) {
    return switch (errorType) {
      case "JOB_NO_RETRIES", "EXECUTION_LISTENER_NO_RETRIES", "TASK_LISTENER_NO_RETRIES" -> "job";
      case "UNHANDLED_ERROR_EVENT" -> "error-event";
      case "CALLED_DECISION_ERROR", "DECISION_EVALUATION_ERROR" -> "decision";
      case "FORM_NOT_FOUND" -> "form";
      case "CALLED_ELEMENT_ERROR" -> "called";
      case "IO_MAPPING_ERROR" -> "mapping";
      case "CONDITION_ERROR" -> "condition";
      case "MESSAGE_SIZE_EXCEEDED" -> "size";
      case "RESOURCE_NOT_FOUND" -> "resource";
      case "EXTRACT_VALUE_ERROR" -> ofValue(message);
      default -> "other";
    };
  }

  private static String ofValue(String message) {
    if (message.contains("correlation key")) {
      return "correlation";
    }
    if (message.contains("to be 'BOOLEAN'")) {
      return "condition";
    }
    return message.contains("DURATION") || message.contains("DATE_TIME") ? "timer" : "value";
  }

  /** Variables that the message names as missing. */
  static List<String> missing(String message) {
    return MISSING.matcher(message).results().map(found -> found.group(1)).distinct().toList();
  }

  /** The message without what differs from case to case. */
  static String alike(String message) {
    return NUMBERS.matcher(message).replaceAll("#");
  }
}
