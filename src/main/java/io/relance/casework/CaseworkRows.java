package io.relance.casework;

import io.relance.ledger.PayerErasure;
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

  @Override
  public List<String> underWay(long payerId) {
    return jdbc.queryForList(
        """
        SELECT CONCAT('payment plan ', id, ' is ', state) FROM payment_plan WHERE payer_id = ? AND state IN ('proposed','running')
        UNION ALL SELECT CONCAT('invoice ', i.number, ' is disputed') FROM dispute d JOIN invoice i ON i.id = d.invoice_id
          WHERE d.payer_id = ? AND d.live = 1
        UNION ALL SELECT CONCAT('invoice ', i.number, ' is being handed over') FROM handover h JOIN invoice i ON i.id = h.invoice_id
          WHERE h.payer_id = ? AND h.live = 1
        UNION ALL SELECT 'a difficulty is to be decided' FROM payer_difficulty WHERE payer_id = ? AND live = 1
        UNION ALL SELECT CONCAT('the collection of invoice ', i.number, ' is just being closed') FROM collection_case c
          JOIN invoice i ON i.id = c.invoice_id WHERE c.payer_id = ? AND c.live = 1 AND i.settled_on IS NOT NULL
        """,
        String.class,
        payerId,
        payerId,
        payerId,
        payerId,
        payerId);
  }

  /** What happened stays, with its day and who did it; what was said does not. */
  @Override
  public void erase(PayerErasure erasure) {
    for (String sql :
        List.of(
            "UPDATE timeline_entry SET text = 'erased', link = NULL WHERE payer_id = ?",
            "UPDATE payer_call SET note = NULL, nonpayment_reason = NULL WHERE payer_id = ?",
            "UPDATE call_request SET reason = NULL WHERE payer_id = ?",
            "UPDATE collection_hold SET reason = 'erased' WHERE payer_id = ?",
            "UPDATE payment_plan SET note = NULL WHERE payer_id = ?",
            "UPDATE dispute SET note = NULL WHERE payer_id = ?",
            "UPDATE payer_difficulty SET note = NULL WHERE payer_id = ?",
            "UPDATE handover SET note = NULL, tracking = NULL WHERE payer_id = ?",
            "DELETE f FROM evidence_file f JOIN handover h ON h.id = f.handover_id WHERE h.payer_id = ?",
            "UPDATE collection_exclusion x JOIN invoice i ON i.id = x.invoice_id SET x.reason = 'erased' WHERE i.payer_id = ?",
            "UPDATE charge_waiver x JOIN invoice i ON i.id = x.invoice_id SET x.reason = 'erased' WHERE i.payer_id = ?")) {
      erasure.each(jdbc, sql);
    }
    long payerId = erasure.payerIds().getFirst();
    timeline.tell(
        payerId,
        null,
        "erased",
        erasure.actor(),
        "Personal data was erased",
        "erased-" + payerId + "-" + erasure.at().toEpochMilli(),
        null);
  }
}
