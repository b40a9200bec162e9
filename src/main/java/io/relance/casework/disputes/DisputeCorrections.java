package io.relance.casework.disputes;

import io.relance.casework.PromiseCorrections;
import io.relance.cash.TakenPayments;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Mistakes;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Disputes that were opened by mistake, and those that a mistaken payment ended. */
@Component
public class DisputeCorrections {

  private final Disputes disputes;
  private final DisputeStore store;
  private final Invoices invoices;
  private final Balances balances;
  private final Mistakes mistakes;
  private final PromiseCorrections promises;
  private final Creditors creditors;

  DisputeCorrections(
      Disputes disputes,
      DisputeStore store,
      Invoices invoices,
      Balances balances,
      Mistakes mistakes,
      PromiseCorrections promises,
      Creditors creditors) {
    this.disputes = disputes;
    this.store = store;
    this.invoices = invoices;
    this.balances = balances;
    this.mistakes = mistakes;
    this.promises = promises;
    this.creditors = creditors;
  }

  /** Whether nobody has settled it yet. */
  public boolean isOpen(long disputeId) {
    return store.find(disputeId).filter(Dispute::isOpen).isPresent();
  }

  /**
   * It was never meant: it ends, and does not count as a dispute of this payer.
   *
   * @throws IllegalArgumentException if it has ended already
   */
  @Transactional
  public void withdraw(long disputeId, Actor actor) {
    Dispute dispute = store.find(disputeId).orElseThrow();
    balances.lock(List.of(dispute.payerId()));
    if (!isOpen(disputeId)) {
      throw new IllegalArgumentException("the dispute has ended already");
    }
    disputes.end(disputeId, "withdrawn", null, "opened by mistake", actor);
    BusinessCalendar calendar = creditors.findByPayer(dispute.payerId()).orElseThrow().calendar();
    promises.renewReplaced(dispute.invoiceId(), calendar.dateOf(store.openedAt(disputeId)), actor);
    if (store.countOf(dispute.invoiceId()) == 1) {
      mistakes.neverDisputed(invoices.findById(dispute.invoiceId()).orElseThrow());
    }
  }

  @EventListener
  void on(TakenPayments.Reversed reversed) {
    reversed.invoices().forEach(id -> reopen(id, reversed.on(), reversed));
  }

  private void reopen(long invoiceId, LocalDate since, TakenPayments.Reversed reversed) {
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    store
        .endedBySettlement(invoiceId, since)
        .filter(d -> invoice.isLive())
        .ifPresent(
            d ->
                disputes.open(
                    invoiceId,
                    d.reason(),
                    d.amount() == null ? null : Money.of(d.amount(), invoice.currency()),
                    d.note(),
                    "reopened-" + d.id(),
                    reversed.actor()));
  }
}
