package io.relance.ledger;

import org.springframework.dao.PessimisticLockingFailureException;

/**
 * A payer was merged into another one between the reading of their id and the lock. Nothing was
 * done; the same work, begun anew, finds the payer that is left.
 */
public final class PayerMergedMeanwhile extends PessimisticLockingFailureException {
  private static final long serialVersionUID = 1L;

  PayerMergedMeanwhile(String number) {
    super(
        "Customer "
            + number
            + " was merged into another one a moment ago. Nothing was done: open the customer again and repeat it there");
  }
}
