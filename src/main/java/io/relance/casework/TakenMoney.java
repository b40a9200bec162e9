package io.relance.casework;

import io.relance.cash.TakenPayments;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the timeline of money that a person took; and where that was a mistake, has what it ended
 * begin again where it was. The open amounts wake the cases that still run.
 */
@Component
class TakenMoney {

  private final Timeline timeline;
  private final Cases cases;
  private final PromiseCorrections promises;

  TakenMoney(Timeline timeline, Cases cases, PromiseCorrections promises) {
    this.timeline = timeline;
    this.cases = cases;
    this.promises = promises;
  }

  @EventListener
  void on(TakenPayments.Received received) {
    timeline.tell(
        received.payerId(),
        null,
        "payment-taken",
        received.actor(),
        received.words(),
        "payment-taken-" + received.paymentId(),
        null);
  }

  @EventListener
  void on(TakenPayments.Reversed reversed) {
    reversed.invoices().forEach(cases::reopen);
    promises.renew(reversed.payerId(), reversed.invoices(), reversed.on(), reversed.actor());
  }
}
