package io.relance.outreach;

import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/**
 * Why a payer must not be reminded of an invoice now: a promise that runs, an exclusion. Known to
 * casework.
 */
public interface ContactBlocks {

  /**
   * Says of each of the payer's invoices why it must not be asked for, in words; empty if nothing
   * speaks against it. What it goes by is read here, once, within the sender's transaction.
   */
  Function<Invoice, Optional<String>> blocking(long payerId, LocalDate day);
}
