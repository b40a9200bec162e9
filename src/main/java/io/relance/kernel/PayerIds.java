package io.relance.kernel;

/**
 * Payers by the ids that others remember: one that was merged into another is that other one. A
 * running process keeps the id that it began with for as long as it runs.
 */
public interface PayerIds {

  /** The id under which the payer's facts are now; the same one unless they were merged. */
  long current(long payerId);
}
