package io.relance.casework;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps whom and what a process instance is about, so that its tasks show their payer. */
@Component
public class Subjects {

  private final JdbcTemplate jdbc;

  Subjects(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param invoiceId of a process that is about one invoice, otherwise null
   */
  public void keep(long processInstanceKey, long payerId, @Nullable Long invoiceId) {
    jdbc.update(
        "INSERT IGNORE INTO process_subject (process_instance_key, payer_id, invoice_id) VALUES (?,?,?)",
        processInstanceKey,
        payerId,
        invoiceId);
  }
}
