package io.relance.ledger;

import org.jspecify.annotations.Nullable;

/** What the law makes a difference of among payers, by the segment that the ledger gives them. */
public final class Segments {

  private static final String CONSUMER = "consumer";
  private static final String PUBLIC = "public";

  private Segments() {}

  /** A person who does not buy for a business. */
  public static boolean isConsumer(@Nullable String segment) {
    return CONSUMER.equalsIgnoreCase(segment);
  }

  /** A public authority. */
  public static boolean isPublic(@Nullable String segment) {
    return PUBLIC.equalsIgnoreCase(segment);
  }
}
