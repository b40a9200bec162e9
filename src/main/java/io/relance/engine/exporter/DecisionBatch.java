package io.relance.engine.exporter;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.value.DecisionEvaluationRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.DecisionRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.DecisionRequirementsRecordValue;
import io.relance.engine.exporter.Rows.DecisionEventRow;
import io.relance.engine.exporter.Rows.DecisionFileRow;
import io.relance.engine.exporter.Rows.DecisionRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decisions that were deployed, and those that were made. */
final class DecisionBatch {

  final List<DecisionFileRow> files = new ArrayList<>();
  final List<DecisionRow> decisions = new ArrayList<>();
  final List<DecisionEventRow> events = new ArrayList<>();

  void add(Record<?> record, String intent) {
    switch (record.getValue()) {
      case DecisionRequirementsRecordValue value when intent.equals("CREATED") ->
          files.add(
              new DecisionFileRow(
                  value.getDecisionRequirementsKey(),
                  value.getResourceName(),
                  value.getDecisionRequirementsVersion(),
                  new String(value.getResource(), StandardCharsets.UTF_8),
                  record.getTimestamp()));
      case DecisionRecordValue value when intent.equals("CREATED") ->
          decisions.add(
              new DecisionRow(
                  value.getDecisionKey(),
                  value.getDecisionId(),
                  value.getVersion(),
                  value.getDecisionRequirementsKey()));
      case DecisionEvaluationRecordValue value
          when intent.equals("EVALUATED") || intent.equals("FAILED") ->
          events.add(
              new DecisionEventRow(
                  record.getPosition(),
                  value.getProcessInstanceKey() > 0 ? value.getProcessInstanceKey() : null,
                  value.getElementInstanceKey() > 0 ? value.getElementInstanceKey() : null,
                  value.getElementId().isEmpty() ? null : value.getElementId(),
                  value.getDecisionId(),
                  value.getDecisionKey(),
                  intent.equals("FAILED"),
                  value.toJson(),
                  record.getTimestamp()));
      default -> {
        // nothing of decisions
      }
    }
  }
}
