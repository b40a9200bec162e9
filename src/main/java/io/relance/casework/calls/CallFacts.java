package io.relance.casework.calls;

import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.ContactBlocks;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a payer can be called about now. */
@Component
class CallFacts {

  private final Payers payers;
  private final Creditors creditors;
  private final Invoices invoices;
  private final ContactBlocks blocks;
  private final InstantSource clock;

  CallFacts(
      Payers payers,
      Creditors creditors,
      Invoices invoices,
      ContactBlocks blocks,
      InstantSource clock) {
    this.payers = payers;
    this.creditors = creditors;
    this.invoices = invoices;
    this.blocks = blocks;
    this.clock = clock;
  }

  Payer payerOf(long payerId) {
    return payers.findById(payerId).orElseThrow();
  }

  Creditor creditorOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow();
  }

  BusinessCalendar calendarOf(long payerId) {
    return creditorOf(payerId).calendar();
  }

  LocalDate today(long payerId) {
    return calendarOf(payerId).dateOf(clock.instant());
  }

  /** Overdue invoices that nothing speaks against, oldest due first. */
  List<Invoice> callableInvoices(long payerId) {
    LocalDate today = today(payerId);
    ContactBlocks.Account account = blocks.of(payerId, today);
    return account.open().stream()
        .filter(i -> i.isOverdue(today) && account.blocking().apply(i).isEmpty())
        .toList();
  }

  /** All that is open and was not given up, whatever speaks against asking for it. */
  List<Invoice> openInvoices(long payerId) {
    return invoices.openOf(payerId).stream().filter(i -> !i.isCreditNote()).toList();
  }

  List<Long> callable(long payerId) {
    return callableInvoices(payerId).stream().map(Invoice::id).toList();
  }
}
