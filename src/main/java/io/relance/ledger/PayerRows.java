package io.relance.ledger;

import java.util.List;
import java.util.Map;

/**
 * What a room keeps of payers, told by the room itself: what becomes of it when two payers turn out
 * to be one. A table with a column {@code payer_id} stands in one of the two lists; a test compares
 * them with the database.
 */
public interface PayerRows {

  /** Tables whose rows become the surviving payer's, as they are. */
  List<String> moved();

  /** Tables of which rows stay, or are settled in {@link #prepare}, and why. */
  default Map<String, String> kept() {
    return Map.of();
  }

  /**
   * Settles what one payer cannot have twice, before the rows move. Called in the transaction of
   * the merge, with both payers locked.
   */
  default void prepare(PayerMerge merge) {}
}
