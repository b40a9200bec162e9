package io.relance.outreach;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a payer must not be reminded of an invoice now: a promise that runs, an exclusion; and what
 * they have with us. Known to casework.
 */
public interface ContactBlocks {

  /**
   * What speaks against asking for an invoice.
   *
   * @param kind {@code settled}, {@code hold}, {@code disputed}, {@code plan}, {@code promise},
   *     {@code handover}, or {@code covered} by what the payer has with us
   * @param words for us, not for the payer
   * @param until the day for which it is promised
   */
  record Block(String kind, String words, @Nullable LocalDate until) {}

  /** Money of a payer for which no invoice was found, or what is left of it. */
  record Received(LocalDate on, Money left) {}

  /**
   * All that is open with a payer, read once within the caller's transaction.
   *
   * @param open invoices and credit notes, the oldest due first
   * @param received what came from the payer and is not matched, the oldest first
   * @param blocking what speaks against asking for one of the invoices; empty if nothing does
   */
  record Account(
      List<Invoice> open, List<Received> received, Function<Invoice, Optional<Block>> blocking) {}

  /** The payer's account as of a day. */
  Account of(long payerId, LocalDate day);
}
