package io.relance.cash;

import io.relance.ledger.PayerErasure;
import io.relance.ledger.PayerRows;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Money of payers who turn out to be one. */
@Component
class CashRows implements PayerRows {

  private final JdbcTemplate jdbc;

  CashRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<String> moved() {
    return List.of("payment");
  }

  @Override
  public List<String> underWay(long payerId) {
    return jdbc.query(
        "SELECT reference, unallocated, currency FROM payment WHERE payer_id = ? AND unallocated > 0 AND set_aside IS NULL LIMIT 5",
        (rs, n) ->
            "money of theirs is not matched (%s %s, %s)"
                .formatted(
                    rs.getBigDecimal(2).stripTrailingZeros().toPlainString(),
                    rs.getString(3),
                    rs.getString(1)),
        payerId);
  }

  /** What a bank told is an accounting record, and goes with the others. */
  @Override
  public void erase(PayerErasure erasure) {
    if (erasure.everything()) {
      erasure.each(
          jdbc, "UPDATE payment SET remittance = NULL, debtor_name = NULL WHERE payer_id = ?");
    }
  }
}
