package io.relance.outreach.permission;

import io.relance.ledger.Payer;

/** Knows of one channel whether it can be used, and whether a payer has an address there. */
public interface Reach {

  Channel channel();

  boolean reaches(Payer payer);
}
