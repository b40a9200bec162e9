package io.relance.outreach;

import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open invoice that a message lists and does not ask for.
 *
 * @param kind {@code disputed}, {@code promise}, {@code plan}, {@code hold}, or {@code due} later
 * @param until the day for which it is promised, or on which it is due
 */
record Beside(Invoice invoice, String kind, @Nullable LocalDate until) {

  private static final Set<String> SHOWN = Set.of("disputed", "promise", "plan", "hold");

  /** What is handed over or given up is not ours to speak of any more. */
  static boolean isShown(String kind) {
    return SHOWN.contains(kind);
  }
}
