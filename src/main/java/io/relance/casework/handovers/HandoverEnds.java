package io.relance.casework.handovers;

import io.relance.kernel.Actor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.scoring.WarningSignals;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Handovers that the model gives back, and what a person is told of it. */
@Component
class HandoverEnds {

  private static final Map<String, String> WORDS =
      Map.of(
          "too-early", "the payer was not asked often enough before",
          "no-address", "no postal address for the formal notice");

  private final HandoverStore store;
  private final Handovers handovers;
  private final Invoices invoices;
  private final Creditors creditors;
  private final WarningSignals signals;
  private final InstantSource clock;

  HandoverEnds(
      HandoverStore store,
      Handovers handovers,
      Invoices invoices,
      Creditors creditors,
      WarningSignals signals,
      InstantSource clock) {
    this.store = store;
    this.handovers = handovers;
    this.invoices = invoices;
    this.creditors = creditors;
    this.signals = signals;
    this.clock = clock;
  }

  /**
   * @param state {@code too-early} or {@code no-address}
   */
  @Transactional
  void end(long handoverId, String state) {
    String words = WORDS.get(state);
    if (words == null) {
      throw new IllegalArgumentException(
          "The model ends a handover with state '" + state + "'; there are " + WORDS.keySet());
    }
    Handover handover = store.find(handoverId).orElseThrow();
    if (handovers.giveBack(handoverId, state, words, Actor.system("casework"))
        && state.equals("no-address")) {
      Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
      signals.raise(
          handover.payerId(),
          "no-postal-address",
          creditors.findById(invoice.creditorId()).orElseThrow().calendar().dateOf(clock.instant()),
          "No postal address for the formal notice of invoice " + invoice.number());
    }
  }
}
