package io.relance.casework;

import io.relance.ledger.PayerMerge;
import io.relance.ledger.PayerRows;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Cases, agreements and what happened, of payers who turn out to be one. Processes of invoices,
 * promises, plans and the like go on with the survivor; a call or a letter has a process for each
 * payer, and that of the old one ends by itself.
 */
@Component
class CaseworkRows implements PayerRows {

  private final JdbcTemplate jdbc;
  private final CaseChanges changes;
  private final Timeline timeline;

  CaseworkRows(JdbcTemplate jdbc, CaseChanges changes, Timeline timeline) {
    this.jdbc = jdbc;
    this.changes = changes;
    this.timeline = timeline;
  }

  @Override
  public List<String> moved() {
    return List.of(
        "collection_case",
        "payment_promise",
        "promise",
        "payment_plan",
        "dispute",
        "collection_hold",
        "handover",
        "prevention",
        "call_request",
        "payer_call",
        "timeline_entry");
  }

  @Override
  public Map<String, String> kept() {
    return Map.of(
        "process_subject",
        "moves, but for the call and the letter that wait for a person: they end, and are asked for anew");
  }

  @Override
  public void prepare(PayerMerge merge) {
    // a task of the old payer's call must not be taken for one of the survivor's until it is gone
    jdbc.update(
        """
        UPDATE process_subject s LEFT JOIN engine_instance e ON e.process_instance_key = s.process_instance_key
          AND e.state = 'active' AND e.bpmn_process_id IN ('payer-call','payer-letter')
        SET s.payer_id = ? WHERE s.payer_id = ? AND e.process_instance_key IS NULL
        """,
        merge.into(),
        merge.from());
  }

  @EventListener
  void on(PayerMerge merge) {
    timeline.tell(
        merge.into(),
        null,
        "merged",
        merge.actor(),
        "Customer "
            + merge.fromNumber()
            + " turned out to be the same payer: all that was kept of them stands here",
        "merged-" + merge.from(),
        null);
    changes.ofPayer(merge.into());
  }
}
