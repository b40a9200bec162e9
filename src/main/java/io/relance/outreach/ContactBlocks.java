package io.relance.outreach;

import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Why a payer must not be reminded of an invoice now: a promise that runs, an exclusion. Known to
 * casework.
 */
public interface ContactBlocks {

  /**
   * A reason in words; empty if nothing speaks against it. Read within the sender's transaction.
   */
  Optional<String> blocking(Invoice invoice, LocalDate day);
}
