package io.relance.cash;

import io.relance.ledger.PayerRows;
import java.util.List;
import org.springframework.stereotype.Component;

/** Money of payers who turn out to be one. */
@Component
class CashRows implements PayerRows {

  @Override
  public List<String> moved() {
    return List.of("payment");
  }
}
