package io.relance.charges;

import io.relance.ledger.Payer;

/** What the law makes a difference of among payers, by the segment that the ledger gives them. */
final class Segments {

  private static final String CONSUMER = "consumer";
  private static final String PUBLIC = "public";

  private Segments() {}

  /** A person who does not buy for a business. */
  static boolean isConsumer(Payer payer) {
    return CONSUMER.equalsIgnoreCase(payer.segment());
  }

  /** A public authority. */
  static boolean isPublic(Payer payer) {
    return PUBLIC.equalsIgnoreCase(payer.segment());
  }
}
