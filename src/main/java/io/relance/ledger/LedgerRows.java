package io.relance.ledger;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Invoices, credit notes and credit information of payers who turn out to be one. */
@Component
class LedgerRows implements PayerRows {

  private final JdbcTemplate jdbc;

  LedgerRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<String> moved() {
    return List.of("invoice");
  }

  @Override
  public Map<String, String> kept() {
    return Map.of(
        "payer_credit",
        "moves where nobody entered anything of the survivor; else the survivor's own limit and cover hold");
  }

  @Override
  public void prepare(PayerMerge merge) {
    boolean known =
        !jdbc.queryForList(
                "SELECT id FROM payer_credit WHERE payer_id = ? LIMIT 1", Long.class, merge.into())
            .isEmpty();
    if (!known) {
      jdbc.update(
          "UPDATE payer_credit SET payer_id = ? WHERE payer_id = ?", merge.into(), merge.from());
    }
  }

  @Override
  public void erase(PayerErasure erasure) {
    erasure.each(jdbc, "DELETE FROM payer_credit WHERE payer_id = ?");
    erasure.unquote(jdbc, "ledger_import", "report");
    // of demos: what a file told of them, which has arrived
    erasure.each(
        jdbc,
        "DELETE r FROM ledger_replay r JOIN invoice i ON i.creditor_id = r.creditor_id AND i.number = r.invoice_number"
            + " WHERE r.done AND i.payer_id = ?");
    if (erasure.everything()) {
      erasure.each(
          jdbc,
          "DELETE d FROM invoice_document d JOIN invoice i ON i.id = d.invoice_id WHERE i.payer_id = ?");
    }
  }
}
