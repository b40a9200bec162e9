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
   * Says of each of the payer's invoices what speaks against asking for it; empty if nothing does.
   * What it goes by is read here, once, within the sender's transaction.
   */
  Function<Invoice, Optional<Block>> blocking(long payerId, LocalDate day);

  /** What came from the payer and is not matched, the oldest first. */
  List<Received> received(long payerId);
}
