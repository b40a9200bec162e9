package io.relance.scoring;

import io.relance.ledger.PayerErasure;
import io.relance.ledger.PayerMerge;
import io.relance.ledger.PayerRows;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Scores and warning signals of payers who turn out to be one. */
@Component
class ScoringRows implements PayerRows {

  private final JdbcTemplate jdbc;
  private final WarningSignals signals;

  ScoringRows(JdbcTemplate jdbc, WarningSignals signals) {
    this.jdbc = jdbc;
    this.signals = signals;
  }

  @Override
  public List<String> moved() {
    return List.of();
  }

  @Override
  public Map<String, String> kept() {
    return Map.of(
        "payer_score",
        "judged what was known under that number; the survivor is judged by all of it from now on",
        "payer_signal",
        "moves; a sign that both showed on the same day is the survivor's with both reasons");
  }

  @Override
  public void prepare(PayerMerge merge) {
    jdbc.query(
        """
        SELECT o.id, n.id, o.evidence FROM payer_signal o JOIN payer_signal n
          ON n.payer_id = ? AND n.kind = o.kind AND n.raised_on = o.raised_on WHERE o.payer_id = ?
        """,
        rs -> {
          jdbc.update(
              "UPDATE payer_signal SET evidence = LEFT(CONCAT(evidence, '; ', ?, ': ', ?), 1000) WHERE id = ?",
              merge.fromNumber(),
              rs.getString(3),
              rs.getLong(2));
          signals.see(rs.getLong(1), merge.actor().name());
        },
        merge.into(),
        merge.from());
    jdbc.update(
        "UPDATE payer_signal o LEFT JOIN payer_signal n ON n.payer_id = ? AND n.kind = o.kind AND n.raised_on = o.raised_on"
            + " SET o.payer_id = ? WHERE o.payer_id = ? AND n.id IS NULL",
        merge.into(),
        merge.into(),
        merge.from());
  }

  @Override
  public void erase(PayerErasure erasure) {
    erasure.each(jdbc, "DELETE FROM payer_score WHERE payer_id = ?");
    for (long payerId : erasure.payerIds()) {
      jdbc.queryForList(
              "SELECT id FROM payer_signal WHERE payer_id = ? AND seen_at IS NULL",
              Long.class,
              payerId)
          .forEach(id -> signals.see(id, erasure.actor().name()));
    }
    erasure.each(
        jdbc, "UPDATE payer_signal SET evidence = 'erased', note = NULL WHERE payer_id = ?");
  }
}
