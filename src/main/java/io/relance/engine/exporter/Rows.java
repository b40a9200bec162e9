package io.relance.engine.exporter;

import org.jspecify.annotations.Nullable;

/**
 * The rows that a batch of records comes down to, one record a table. Times are epoch milliseconds
 * of the engine's clock.
 */
final class Rows {

  private Rows() {}

  record ProcessRow(
      long key,
      String id,
      int version,
      @Nullable String versionTag,
      String resource,
      String xml,
      long at) {}

  record FormRow(long key, String id, int version, String json, long at) {}

  record DecisionFileRow(long key, String resource, int version, String xml, long at) {}

  record DecisionRow(long key, String id, int version, long fileKey) {}

  record DecisionEventRow(
      long position,
      @Nullable Long instanceKey,
      @Nullable Long elementKey,
      @Nullable String elementId,
      String decisionId,
      long decisionKey,
      boolean failed,
      String detail,
      long at) {}

  record InstanceRow(
      long key,
      long processKey,
      String processId,
      int version,
      @Nullable Long parentKey,
      String state,
      long startedAt,
      @Nullable Long endedAt) {}

  record FlowKey(long processKey, String flowId) {}

  record ElementRow(
      long position,
      long instanceKey,
      long elementKey,
      long processKey,
      String elementId,
      String type,
      String intent,
      long at) {

    /** What an element's record tells; null where the read model has no use for it. */
    static @Nullable String changeOf(String intent) {
      return switch (intent) {
        case "ELEMENT_ACTIVATED" -> "activated";
        case "ELEMENT_COMPLETED" -> "completed";
        case "ELEMENT_TERMINATED" -> "terminated";
        case "ELEMENT_MIGRATED" -> "migrated";
        default -> null;
      };
    }
  }

  record IncidentRow(
      long key,
      long instanceKey,
      long elementKey,
      @Nullable Long jobKey,
      String processId,
      String elementId,
      String errorType,
      String message,
      String state,
      long createdAt,
      @Nullable Long resolvedAt) {}

  record TimerRow(
      long key, long instanceKey, long elementKey, String elementId, long dueAt, boolean fresh) {}

  record JobRow(
      long key,
      String type,
      long instanceKey,
      long elementKey,
      String elementId,
      String state,
      int retries,
      @Nullable String error,
      long at,
      boolean fresh) {

    /** Of a job whose case moved to another version: only its element may have another id. */
    static final String AS_IT_WAS = "as-it-was";
  }

  record TaskRow(
      long key,
      long elementKey,
      long instanceKey,
      long processKey,
      String processId,
      String elementId,
      @Nullable Long formKey,
      String state,
      @Nullable String assignee,
      @Nullable String groups,
      int priority,
      @Nullable Long dueAt,
      @Nullable Long followUpAt,
      long createdAt,
      @Nullable Long endedAt) {}
}
