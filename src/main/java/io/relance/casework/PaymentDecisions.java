package io.relance.casework;

import io.relance.cash.UnmatchedPayments;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What a person says of a payment is told on its payer's timeline, and to their cases. */
@Component
class PaymentDecisions {

  private final Timeline timeline;
  private final CaseChanges changes;

  PaymentDecisions(Timeline timeline, CaseChanges changes) {
    this.timeline = timeline;
    this.changes = changes;
  }

  @EventListener
  void on(UnmatchedPayments.Decided decided) {
    timeline.tell(
        decided.payerId(),
        null,
        "payment",
        decided.actor(),
        decided.words(),
        "payment-" + decided.paymentId() + "-" + UUID.randomUUID(),
        null);
    changes.ofPayer(decided.payerId());
  }
}
