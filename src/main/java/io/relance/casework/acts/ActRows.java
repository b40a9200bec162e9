package io.relance.casework.acts;

import io.relance.ledger.PayerErasure;
import io.relance.ledger.PayerRows;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Contacts, questions and files of payers who turn out to be one, or are erased. */
@Component
class ActRows implements PayerRows {

  private final JdbcTemplate jdbc;

  ActRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<String> moved() {
    return List.of("payer_contact", "payer_question", "payer_file");
  }

  @Override
  public List<String> addresses(long payerId) {
    return jdbc.queryForList(
        """
        SELECT phone FROM payer_contact WHERE payer_id = ? AND phone IS NOT NULL
        UNION SELECT mobile FROM payer_contact WHERE payer_id = ? AND mobile IS NOT NULL
        UNION SELECT email FROM payer_contact WHERE payer_id = ? AND email IS NOT NULL
        """,
        String.class,
        payerId,
        payerId,
        payerId);
  }

  /** Also of contacts and files that were removed, which could be restored. */
  @Override
  public void erase(PayerErasure erasure) {
    for (String sql :
        List.of(
            "DELETE FROM payer_contact WHERE payer_id = ?",
            "DELETE FROM payer_file WHERE payer_id = ?",
            "UPDATE payer_question SET question = 'erased', answer = CASE WHEN answer IS NULL THEN NULL ELSE 'erased' END WHERE payer_id = ?")) {
      erasure.each(jdbc, sql);
    }
  }
}
