package io.relance.scoring;

/** A score was asked for a payer that is not in the ledger. */
public class UnknownPayer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownPayer(long payerId) {
    super("There is no payer with the id " + payerId + "; import the ledger that names them first");
  }
}
