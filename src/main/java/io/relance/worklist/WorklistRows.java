package io.relance.worklist;

import io.relance.access.Audit;
import io.relance.ledger.PayerErasure;
import io.relance.ledger.PayerRows;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Payers who turn out to be one, and whose tasks are to be ranked anew. */
@Component
class WorklistRows implements PayerRows {

  private final JdbcTemplate jdbc;
  private final Audit audit;

  WorklistRows(JdbcTemplate jdbc, Audit audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  @Override
  public List<String> moved() {
    return List.of("task_rank_request");
  }

  /** The trail keeps who did what, and when, without what they wrote. */
  @Override
  public void erase(PayerErasure erasure) {
    erasure.each(
        jdbc,
        "UPDATE engine_user_task t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
            + " SET t.why = NULL, t.asleep_reason = NULL WHERE s.payer_id = ?");
    erasure.each(
        jdbc,
        "UPDATE engine_incident t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
            + " SET t.message = 'erased' WHERE s.payer_id = ?");
    erasure.unquote(jdbc, "engine_incident", "message");
    erasure.unquote(jdbc, "engine_job", "error_message");
    List<String> subjects = new ArrayList<>();
    erasure.numbers().forEach(number -> subjects.add("customer " + number));
    for (long payerId : erasure.payerIds()) {
      jdbc.queryForList("SELECT number FROM invoice WHERE payer_id = ?", String.class, payerId)
          .forEach(number -> subjects.add("invoice " + number));
      jdbc.queryForList(
              "SELECT t.user_task_key FROM engine_user_task t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
                  + " WHERE s.payer_id = ?",
              String.class,
              payerId)
          .forEach(key -> subjects.add("task " + key));
    }
    audit.eraseDetails(subjects);
    erasure.unquote(jdbc, "audit_event", "detail");
  }
}
