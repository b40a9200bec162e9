package io.relance.casework;

import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.ContactBlocks;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Says what keeps a case still, from the facts as they are. */
@Component
public class CaseHolds implements ContactBlocks {

  private final Invoices invoices;
  private final Standings standings;

  CaseHolds(Invoices invoices, Standings standings) {
    this.invoices = invoices;
    this.standings = standings;
  }

  Standing.Hold of(Invoice invoice, LocalDate today) {
    return standings.of(invoice.payerId(), today).of(invoice);
  }

  /**
   * Why the invoice must not be handed over, in words. A claim of which a part is disputed is not
   * given to others, and the rest would be forgotten.
   */
  public Optional<String> besidesHandover(Invoice invoice, LocalDate today) {
    Standing.Hold hold =
        standings.of(invoice.payerId(), today).apartFromReplies().apartFromHandover(invoice);
    if (hold.holds()) {
      return Optional.of(hold.words());
    }
    return invoice.claimed().compareTo(invoice.open()) < 0
        ? Optional.of("a part of it is disputed")
        : Optional.empty();
  }

  /** Whether a payment plan of these invoices is not pressed for: one is disputed or on hold. */
  public boolean holdsPlan(Collection<Long> invoiceIds, LocalDate today) {
    List<Invoice> all = invoiceIds.stream().map(id -> invoices.findById(id).orElseThrow()).toList();
    if (all.isEmpty()) {
      return false;
    }
    Standing standing = standings.of(all.getFirst().payerId(), today).apartFromReplies();
    return all.stream().anyMatch(standing::holdsPlan);
  }

  /**
   * Why nothing is asked for an invoice of this payer, as a word: {@code settled}, {@code hold},
   * {@code disputed}, {@code plan}, {@code promise} or {@code handover}; empty if it may be asked
   * for.
   */
  public Function<Invoice, Optional<String>> reasonsAgainst(long payerId, LocalDate day) {
    Standing standing = standings.of(payerId, day);
    return invoice -> word(standing.of(invoice));
  }

  /** The same of one invoice. */
  public Optional<String> reasonAgainst(Invoice invoice, LocalDate day) {
    return word(of(invoice, day));
  }

  private static Optional<String> word(Standing.Hold hold) {
    return hold.holds() ? Optional.of(hold.reason()) : Optional.empty();
  }

  @Override
  public Account of(long payerId, LocalDate day) {
    Standings.Read read = standings.read(payerId, day);
    return new Account(
        read.open(),
        read.received().stream().map(p -> new Received(p.bookedOn(), p.left())).toList(),
        invoice -> block(read.standing(), invoice));
  }

  private static Optional<Block> block(Standing standing, Invoice invoice) {
    Standing.Hold hold = standing.of(invoice);
    return hold.holds()
        ? Optional.of(
            new Block(
                hold.covered() ? "covered" : hold.reason(),
                hold.words(),
                hold.reason().equals("promise") ? standing.promised().get(invoice.id()) : null))
        : Optional.empty();
  }
}
