package io.relance.worklist;

import io.relance.ledger.PayerRows;
import java.util.List;
import org.springframework.stereotype.Component;

/** Payers who turn out to be one, and whose tasks are to be ranked anew. */
@Component
class WorklistRows implements PayerRows {

  @Override
  public List<String> moved() {
    return List.of("task_rank_request");
  }
}
