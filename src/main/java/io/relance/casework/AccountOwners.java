package io.relance.casework;

import io.relance.ledger.Payer;

/** Knows who looks after key accounts. */
public interface AccountOwners {

  /** Login of who looks after this payer; empty if nobody does, or the ledger names no login. */
  String ownerOf(Payer payer);
}
