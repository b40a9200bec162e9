package io.relance.engine.exporter;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.Form;
import io.camunda.zeebe.protocol.record.value.deployment.Process;
import io.relance.engine.exporter.Rows.ElementRow;
import io.relance.engine.exporter.Rows.FlowKey;
import io.relance.engine.exporter.Rows.FormRow;
import io.relance.engine.exporter.Rows.IncidentRow;
import io.relance.engine.exporter.Rows.InstanceRow;
import io.relance.engine.exporter.Rows.JobRow;
import io.relance.engine.exporter.Rows.ProcessRow;
import io.relance.engine.exporter.Rows.TaskRow;
import io.relance.engine.exporter.Rows.TimerRow;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records turned into rows, in the order of their positions. Rows of the same key fold into one,
 * and a job or timer that comes and goes within the batch is never written. Unknown intents are
 * ignored: each minor of the engine brings new ones.
 */
final class RecordBatch {

  private int records;
  private long lastPosition = -1;
  private int openTasksDelta;

  final List<ProcessRow> processes = new ArrayList<>();
  final List<FormRow> forms = new ArrayList<>();
  final DecisionBatch decisions = new DecisionBatch();
  final List<ElementRow> elements = new ArrayList<>();
  final Map<FlowKey, Integer> flows = new LinkedHashMap<>();
  final Map<Long, InstanceRow> instances = new LinkedHashMap<>();
  final Map<Long, IncidentRow> incidents = new LinkedHashMap<>();
  final Map<Long, TaskRow> tasks = new LinkedHashMap<>();
  final Map<Long, JobRow> jobs = new LinkedHashMap<>();
  final Set<Long> jobsGone = new LinkedHashSet<>();
  final Map<Long, TimerRow> timers = new LinkedHashMap<>();
  final Set<Long> timersGone = new LinkedHashSet<>();

  int records() {
    return records;
  }

  boolean isEmpty() {
    return records == 0;
  }

  long lastPosition() {
    return lastPosition;
  }

  int openTasksDelta() {
    return openTasksDelta;
  }

  void add(Record<?> record) {
    records++;
    lastPosition = record.getPosition();
    String intent = record.getIntent().name();
    switch (record.getValue()) {
      case ProcessInstanceRecordValue value -> addElement(record, value, intent);
      case UserTaskRecordValue value -> addTask(record, value, intent);
      case JobRecordValue value -> addJob(record, value, intent);
      case TimerRecordValue value -> addTimer(record, value, intent);
      case IncidentRecordValue value -> addIncident(record, value, intent);
      case Process value when intent.equals("CREATED") ->
          processes.add(
              new ProcessRow(
                  value.getProcessDefinitionKey(),
                  value.getBpmnProcessId(),
                  value.getVersion(),
                  orNull(value.getVersionTag()),
                  value.getResourceName(),
                  new String(value.getResource(), StandardCharsets.UTF_8),
                  record.getTimestamp()));
      case Form value when intent.equals("CREATED") ->
          forms.add(
              new FormRow(
                  value.getFormKey(),
                  value.getFormId(),
                  value.getVersion(),
                  new String(value.getResource(), StandardCharsets.UTF_8),
                  record.getTimestamp()));
      default -> decisions.add(record, intent); // or a record that the read model has no use for
    }
  }

  /** What an element event says; null if the record is none. */
  static @Nullable String changeOf(Record<?> record) {
    return record.getValue() instanceof ProcessInstanceRecordValue
        ? ElementRow.changeOf(record.getIntent().name())
        : null;
  }

  private void addElement(Record<?> record, ProcessInstanceRecordValue value, String intent) {
    if (intent.equals("SEQUENCE_FLOW_TAKEN")) {
      flows.merge(
          new FlowKey(value.getProcessDefinitionKey(), value.getElementId()), 1, Integer::sum);
      return;
    }
    String change = ElementRow.changeOf(intent);
    if (change == null) {
      return;
    }
    long at = record.getTimestamp();
    elements.add(
        new ElementRow(
            record.getPosition(),
            value.getProcessInstanceKey(),
            record.getKey(),
            value.getProcessDefinitionKey(),
            value.getElementId(),
            value.getBpmnElementType().name(),
            change,
            at));
    if (value.getBpmnElementType() == BpmnElementType.PROCESS) {
      InstanceRow before = instances.get(record.getKey());
      boolean ended = change.equals("completed") || change.equals("terminated");
      instances.put(
          record.getKey(),
          new InstanceRow(
              record.getKey(),
              value.getProcessDefinitionKey(),
              value.getBpmnProcessId(),
              value.getVersion(),
              value.getParentProcessInstanceKey() > 0 ? value.getParentProcessInstanceKey() : null,
              ended ? change : "active",
              before == null ? at : before.startedAt(),
              ended ? at : null));
    }
  }

  private void addTask(Record<?> record, UserTaskRecordValue value, String intent) {
    String state =
        switch (intent) {
          case "CREATED", "ASSIGNED", "UPDATED", "MIGRATED" -> "created";
          case "COMPLETED" -> "completed";
          case "CANCELED" -> "canceled";
          default -> null;
        };
    if (state == null) {
      return;
    }
    if (record.getIntent() == UserTaskIntent.CREATED) {
      openTasksDelta++;
    } else if (!state.equals("created")) {
      openTasksDelta--;
    }
    TaskRow before = tasks.get(value.getUserTaskKey());
    long created =
        before != null
            ? before.createdAt()
            : value.getCreationTimestamp() > 0
                ? value.getCreationTimestamp()
                : record.getTimestamp();
    tasks.put(
        value.getUserTaskKey(),
        new TaskRow(
            value.getUserTaskKey(),
            value.getElementInstanceKey(),
            value.getProcessInstanceKey(),
            value.getProcessDefinitionKey(),
            value.getBpmnProcessId(),
            value.getElementId(),
            value.getFormKey() > 0 ? value.getFormKey() : null,
            state,
            orNull(value.getAssignee()),
            value.getCandidateGroupsList().isEmpty()
                ? null
                : String.join(",", value.getCandidateGroupsList()),
            value.getPriority(),
            time(value.getDueDate()),
            time(value.getFollowUpDate()),
            created,
            state.equals("created") ? null : record.getTimestamp()));
  }

  private void addJob(Record<?> record, JobRecordValue value, String intent) {
    String state =
        switch (intent) {
          case "CREATED", "TIMED_OUT", "RETRIES_UPDATED", "RECURRED_AFTER_BACKOFF", "YIELDED" ->
              "open";
          case "FAILED" -> failed(value);
          case "COMPLETED", "CANCELED", "ERROR_THROWN" -> "gone";
          case "MIGRATED" -> migrated(jobs.get(record.getKey()));
          default -> null;
        };
    if (state == null) {
      return;
    }
    long key = record.getKey();
    if (state.equals("gone")) {
      JobRow pending = jobs.remove(key);
      if (pending == null || !pending.fresh()) {
        jobsGone.add(key); // an earlier batch wrote it
      }
      return;
    }
    jobs.put(
        key,
        new JobRow(
            key,
            value.getType(),
            value.getProcessInstanceKey(),
            value.getElementInstanceKey(),
            value.getElementId(),
            state,
            value.getRetries(),
            orNull(value.getErrorMessage()),
            record.getTimestamp(),
            isFresh(record, jobs.get(key))));
  }

  private static String failed(JobRecordValue value) {
    if (value.getRetries() <= 0) {
      return "failed";
    }
    return value.getRetryBackoff() > 0 ? "backing-off" : "open";
  }

  private static String migrated(@Nullable JobRow before) {
    return before == null ? JobRow.AS_IT_WAS : before.state();
  }

  /** Whether the job was created within this batch, so that no row of it is in the database yet. */
  private static boolean isFresh(Record<?> record, @Nullable JobRow before) {
    return record.getIntent() == JobIntent.CREATED || (before != null && before.fresh());
  }

  private void addTimer(Record<?> record, TimerRecordValue value, String intent) {
    long key = record.getKey();
    if (record.getIntent() == TimerIntent.CREATED || intent.equals("MIGRATED")) {
      TimerRow before = timers.get(key);
      timers.put(
          key,
          new TimerRow(
              key,
              value.getProcessInstanceKey(),
              value.getElementInstanceKey(),
              value.getTargetElementId(),
              value.getDueDate(),
              record.getIntent() == TimerIntent.CREATED || (before != null && before.fresh())));
    } else if (intent.equals("TRIGGERED") || intent.equals("CANCELED")) {
      TimerRow pending = timers.remove(key);
      if (pending == null || !pending.fresh()) {
        timersGone.add(key);
      }
    }
  }

  private void addIncident(Record<?> record, IncidentRecordValue value, String intent) {
    boolean resolved = record.getIntent() == IncidentIntent.RESOLVED;
    if (!resolved && !intent.equals("CREATED") && !intent.equals("MIGRATED")) {
      return;
    }
    IncidentRow before = incidents.get(record.getKey());
    incidents.put(
        record.getKey(),
        new IncidentRow(
            record.getKey(),
            value.getProcessInstanceKey(),
            value.getElementInstanceKey(),
            value.getJobKey() > 0 ? value.getJobKey() : null,
            value.getBpmnProcessId(),
            value.getElementId(),
            value.getErrorType().name(),
            value.getErrorMessage(),
            resolved ? "resolved" : "open",
            before == null ? record.getTimestamp() : before.createdAt(),
            resolved ? record.getTimestamp() : null));
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** The engine writes dates with a zone id behind the offset, which only ZonedDateTime reads. */
  private static @Nullable Long time(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException unreadable) {
      return null;
    }
  }
}
