package io.relance.casework.difficulties;

import io.relance.ledger.PayerMerge;
import io.relance.ledger.PayerRows;
import java.util.List;
import org.springframework.stereotype.Component;

/** Announced difficulties of payers who turn out to be one; one of them is live at the most. */
@Component
class DifficultyRows implements PayerRows {

  private final Difficulties difficulties;

  DifficultyRows(Difficulties difficulties) {
    this.difficulties = difficulties;
  }

  @Override
  public List<String> moved() {
    return List.of("payer_difficulty");
  }

  @Override
  public void prepare(PayerMerge merge) {
    difficulties.join(merge);
  }
}
