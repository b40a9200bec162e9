package io.relance.engine.exporter;

import io.relance.engine.exporter.Rows.JobRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Map;

/** Writes a batch and its position in one transaction. */
final class ReadModelWriter implements AutoCloseable {

  private final ReadModelConnection connection;
  private final int partitionId;

  ReadModelWriter(ExporterSettings settings, int partitionId) {
    this.connection = new ReadModelConnection(settings);
    this.partitionId = partitionId;
  }

  /** The position of the last record that is in the read model, or -1. */
  long lastPosition() throws SQLException {
    return connection.transaction(
        open -> {
          try (PreparedStatement select =
              open.prepareStatement(
                  "SELECT position FROM engine_position WHERE partition_id = ?")) {
            select.setInt(1, partitionId);
            try (ResultSet rs = select.executeQuery()) {
              return rs.next() ? rs.getLong(1) : -1L;
            }
          }
        });
  }

  /** The number of the last element event that is in the read model; 0 before the first. */
  long lastSerial() throws SQLException {
    return connection.transaction(this::lastSerial);
  }

  private long lastSerial(Connection open) throws SQLException {
    try (PreparedStatement select =
        open.prepareStatement(
            "SELECT element_serial FROM engine_position WHERE partition_id = ?")) {
      select.setInt(1, partitionId);
      try (ResultSet rs = select.executeQuery()) {
        return rs.next() ? rs.getLong(1) : 0;
      }
    }
  }

  /** The element events that are written at a position and after it. */
  Map<Long, Replay.Written> eventsFrom(long position, int max) throws SQLException {
    return connection.transaction(
        open -> {
          Map<Long, Replay.Written> events = new HashMap<>();
          try (PreparedStatement select =
              open.prepareStatement(
                  "SELECT position, element_instance_key, at FROM engine_element_event"
                      + " WHERE partition_id = ? AND position >= ? ORDER BY position LIMIT ?")) {
            select.setInt(1, partitionId);
            select.setLong(2, position);
            select.setInt(3, max);
            try (ResultSet rs = select.executeQuery()) {
              while (rs.next()) {
                events.put(
                    rs.getLong(1), new Replay.Written(rs.getLong(2), rs.getTimestamp(3).getTime()));
              }
            }
          }
          return events;
        });
  }

  /**
   * @param serialAtLeast what element events are numbered on from, if the read model has lost some
   *     of them: who reads them sees the gap
   * @return the number of the last element event
   */
  long write(RecordBatch batch, long serialAtLeast) throws SQLException {
    return connection.transaction(
        open -> {
          long before = Math.max(lastSerial(open), serialAtLeast);
          long serial = before + batch.elements.size();
          DefinitionWriter.write(open, partitionId, batch);
          writeInstances(open, batch, before);
          writeFlows(open, batch);
          writeTasks(open, batch);
          writeOpenWork(open, batch);
          writePosition(open, batch, serial);
          open.commit();
          return serial;
        });
  }

  private void writeInstances(Connection open, RecordBatch batch, long serialBefore)
      throws SQLException {
    long[] serial = {serialBefore};
    Batches.each(
        open,
        "INSERT INTO engine_instance (process_instance_key, process_key, bpmn_process_id, version,"
            + " parent_key, partition_id, state, started_at, ended_at) VALUES (?,?,?,?,?,?,?,?,?)"
            + " ON DUPLICATE KEY UPDATE process_key = VALUES(process_key), version ="
            + " VALUES(version), state = VALUES(state), ended_at = VALUES(ended_at)",
        batch.instances.values(),
        (s, r) -> {
          s.setLong(1, r.key());
          s.setLong(2, r.processKey());
          s.setString(3, Batches.fit(r.processId(), 255));
          s.setInt(4, r.version());
          Batches.setLong(s, 5, r.parentKey());
          s.setInt(6, partitionId);
          s.setString(7, r.state());
          s.setTimestamp(8, new Timestamp(r.startedAt()));
          s.setTimestamp(9, Batches.time(r.endedAt()));
        });
    Batches.each(
        open,
        "INSERT IGNORE INTO engine_element_event (partition_id, position, process_instance_key, element_instance_key,"
            + " process_key, element_id, element_type, intent, at, serial) VALUES (?,?,?,?,?,?,?,?,?,?)",
        batch.elements,
        (s, r) -> {
          s.setInt(1, partitionId);
          s.setLong(2, r.position());
          s.setLong(3, r.instanceKey());
          s.setLong(4, r.elementKey());
          s.setLong(5, r.processKey());
          s.setString(6, Batches.fit(r.elementId(), 255));
          s.setString(7, Batches.fit(r.type(), 255));
          s.setString(8, r.intent());
          s.setTimestamp(9, new Timestamp(r.at()));
          s.setLong(10, ++serial[0]);
        });
  }

  /** Counted, not listed: how often each flow of a version was taken. */
  private static void writeFlows(Connection open, RecordBatch batch) throws SQLException {
    Batches.each(
        open,
        "INSERT INTO engine_flow (process_key, flow_id, taken) VALUES (?,?,?) ON DUPLICATE KEY"
            + " UPDATE taken = taken + VALUES(taken)",
        batch.flows.entrySet(),
        (s, r) -> {
          s.setLong(1, r.getKey().processKey());
          s.setString(2, Batches.fit(r.getKey().flowId(), 255));
          s.setInt(3, r.getValue());
        });
  }

  private void writeTasks(Connection open, RecordBatch batch) throws SQLException {
    Batches.each(
        open,
        "INSERT INTO engine_user_task (user_task_key, element_instance_key, process_instance_key,"
            + " process_key, bpmn_process_id, element_id, form_key, state, assignee,"
            + " candidate_groups, priority, due_at, follow_up_at, created_at, ended_at, urgency)"
            + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE process_key ="
            + " VALUES(process_key), element_id = VALUES(element_id), form_key = VALUES(form_key),"
            + " state = VALUES(state), assignee = VALUES(assignee), candidate_groups ="
            + " VALUES(candidate_groups), priority = VALUES(priority), due_at = VALUES(due_at),"
            + " follow_up_at = VALUES(follow_up_at), ended_at = VALUES(ended_at), urgency ="
            + " VALUES(urgency)",
        batch.tasks.values(),
        (s, r) -> {
          s.setLong(1, r.key());
          s.setLong(2, r.elementKey());
          s.setLong(3, r.instanceKey());
          s.setLong(4, r.processKey());
          s.setString(5, Batches.fit(r.processId(), 255));
          s.setString(6, Batches.fit(r.elementId(), 255));
          Batches.setLong(s, 7, r.formKey());
          s.setString(8, r.state());
          s.setString(9, Batches.fit(r.assignee(), 255));
          s.setString(10, Batches.fit(r.groups(), 1000));
          s.setInt(11, r.priority());
          s.setTimestamp(12, Batches.time(r.dueAt()));
          s.setTimestamp(13, Batches.time(r.followUpAt()));
          s.setTimestamp(14, new Timestamp(r.createdAt()));
          s.setTimestamp(15, Batches.time(r.endedAt()));
          s.setInt(16, 100 - r.priority());
        });
  }

  private void writeOpenWork(Connection open, RecordBatch batch) throws SQLException {
    Batches.each(
        open,
        "INSERT INTO engine_timer (timer_key, process_instance_key, element_instance_key,"
            + " element_id, due_at) VALUES (?,?,?,?,?) ON DUPLICATE KEY UPDATE due_at ="
            + " VALUES(due_at), element_id = VALUES(element_id)",
        batch.timers.values(),
        (s, r) -> {
          s.setLong(1, r.key());
          s.setLong(2, r.instanceKey());
          s.setLong(3, r.elementKey());
          s.setString(4, Batches.fit(r.elementId(), 255));
          s.setTimestamp(5, new Timestamp(r.dueAt()));
        });
    Batches.each(
        open,
        "DELETE FROM engine_timer WHERE timer_key = ?",
        batch.timersGone,
        (s, key) -> s.setLong(1, key));
    Batches.each(
        open,
        "INSERT INTO engine_job (job_key, type, process_instance_key, element_instance_key,"
            + " element_id, state, retries, error_message, created_at, updated_at) VALUES"
            + " (?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE state = IF(VALUES(state) = '"
            + JobRow.AS_IT_WAS
            + "', state, VALUES(state)), element_id = VALUES(element_id), retries ="
            + " VALUES(retries), error_message = VALUES(error_message), updated_at ="
            + " VALUES(updated_at)",
        batch.jobs.values(),
        (s, r) -> {
          s.setLong(1, r.key());
          s.setString(2, Batches.fit(r.type(), 255));
          s.setLong(3, r.instanceKey());
          s.setLong(4, r.elementKey());
          s.setString(5, Batches.fit(r.elementId(), 255));
          s.setString(6, r.state());
          s.setInt(7, r.retries());
          s.setString(8, Batches.fit(r.error(), 2000));
          s.setTimestamp(9, new Timestamp(r.at()));
          s.setTimestamp(10, new Timestamp(r.at()));
        });
    Batches.each(
        open,
        "DELETE FROM engine_job WHERE job_key = ?",
        batch.jobsGone,
        (s, key) -> s.setLong(1, key));
    Batches.each(
        open,
        "INSERT INTO engine_incident (incident_key, process_instance_key, element_instance_key,"
            + " job_key, bpmn_process_id, element_id, error_type, message, state, created_at,"
            + " resolved_at) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE state ="
            + " VALUES(state), resolved_at = VALUES(resolved_at), element_id = VALUES(element_id)",
        batch.incidents.values(),
        (s, r) -> {
          s.setLong(1, r.key());
          s.setLong(2, r.instanceKey());
          s.setLong(3, r.elementKey());
          Batches.setLong(s, 4, r.jobKey());
          s.setString(5, Batches.fit(r.processId(), 255));
          s.setString(6, Batches.fit(r.elementId(), 255));
          s.setString(7, r.errorType());
          s.setString(8, Batches.fit(r.message(), 2000));
          s.setString(9, r.state());
          s.setTimestamp(10, new Timestamp(r.createdAt()));
          s.setTimestamp(11, Batches.time(r.resolvedAt()));
        });
  }

  private void writePosition(Connection open, RecordBatch batch, long serial) throws SQLException {
    try (PreparedStatement upsert =
        open.prepareStatement(
            "INSERT INTO engine_position (partition_id, position, open_tasks, updated_at, element_serial) VALUES (?,?,?,?,?)"
                + " ON DUPLICATE KEY UPDATE position = VALUES(position), open_tasks = open_tasks + VALUES(open_tasks),"
                + " updated_at = VALUES(updated_at), element_serial = VALUES(element_serial)")) {
      upsert.setInt(1, partitionId);
      upsert.setLong(2, batch.lastPosition());
      upsert.setLong(3, batch.openTasksDelta());
      upsert.setTimestamp(4, new Timestamp(System.currentTimeMillis()));
      upsert.setLong(5, serial);
      upsert.executeUpdate();
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
