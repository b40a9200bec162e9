package io.relance.ledger;

import java.util.List;
import java.util.Map;

/**
 * What a room keeps of payers, told by the room itself: what becomes of it when two payers turn out
 * to be one, and what of it goes when a payer is erased. A table with a column {@code payer_id}
 * stands in one of the two lists; a test compares them with the database.
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

  /**
   * What is under way with a payer, so that they cannot be erased now, in words; none if nothing.
   */
  default List<String> underWay(long payerId) {
    return List.of();
  }

  /**
   * Addresses and telephone numbers by which the room knows a payer, beside those of the ledger.
   */
  default List<String> addresses(long payerId) {
    return List.of();
  }

  /**
   * Erases texts, addresses and files of the payer. Called in the transaction of the erasure, with
   * the payer locked; the payer's own row still has their addresses while the rooms are asked.
   */
  default void erase(PayerErasure erasure) {}
}
