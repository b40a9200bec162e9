package io.relance.engine.exporter;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;

/** Writes what was deployed, and what decisions were made with it. */
final class DefinitionWriter {

  private DefinitionWriter() {}

  static void write(Connection open, int partitionId, RecordBatch batch) throws SQLException {
    Batches.each(
        open,
        "INSERT IGNORE INTO engine_process (process_key, bpmn_process_id, version, version_tag, resource_name, xml, deployed_at)"
            + " VALUES (?,?,?,?,?,?,?)",
        batch.processes,
        (s, r) -> {
          s.setLong(1, r.key());
          s.setString(2, Batches.fit(r.id(), 255));
          s.setInt(3, r.version());
          s.setString(4, Batches.fit(r.versionTag(), 255));
          s.setString(5, Batches.fit(r.resource(), 255));
          s.setString(6, r.xml());
          s.setTimestamp(7, new Timestamp(r.at()));
        });
    Batches.each(
        open,
        "INSERT IGNORE INTO engine_form (form_key, form_id, version, resource, deployed_at) VALUES (?,?,?,?,?)",
        batch.forms,
        (s, r) -> {
          s.setLong(1, r.key());
          s.setString(2, Batches.fit(r.id(), 255));
          s.setInt(3, r.version());
          s.setString(4, r.json());
          s.setTimestamp(5, new Timestamp(r.at()));
        });
    Batches.each(
        open,
        "INSERT IGNORE INTO engine_decision_file (file_key, resource_name, version, xml, deployed_at) VALUES (?,?,?,?,?)",
        batch.decisions.files,
        (s, r) -> {
          s.setLong(1, r.key());
          s.setString(2, Batches.fit(r.resource(), 255));
          s.setInt(3, r.version());
          s.setString(4, r.xml());
          s.setTimestamp(5, new Timestamp(r.at()));
        });
    Batches.each(
        open,
        "INSERT IGNORE INTO engine_decision (decision_key, decision_id, version, file_key) VALUES (?,?,?,?)",
        batch.decisions.decisions,
        (s, r) -> {
          s.setLong(1, r.key());
          s.setString(2, Batches.fit(r.id(), 235));
          s.setInt(3, r.version());
          s.setLong(4, r.fileKey());
        });
    Batches.each(
        open,
        "INSERT IGNORE INTO engine_decision_event (partition_id, position, process_instance_key, element_instance_key, element_id,"
            + " decision_id, decision_key, failed, detail, at) VALUES (?,?,?,?,?,?,?,?,?,?)",
        batch.decisions.events,
        (s, r) -> {
          s.setInt(1, partitionId);
          s.setLong(2, r.position());
          Batches.setLong(s, 3, r.instanceKey());
          Batches.setLong(s, 4, r.elementKey());
          s.setString(5, Batches.fit(r.elementId(), 255));
          s.setString(6, Batches.fit(r.decisionId(), 235));
          s.setLong(7, r.decisionKey());
          s.setBoolean(8, r.failed());
          s.setString(9, r.detail());
          s.setTimestamp(10, new Timestamp(r.at()));
        });
  }
}
