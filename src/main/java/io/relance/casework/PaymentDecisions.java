package io.relance.casework;

import io.relance.cash.UnmatchedPayments;
import java.time.InstantSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What a person says of a payment is told on its payer's timeline, and to their cases. */
@Component
class PaymentDecisions {

  private final Timeline timeline;
  private final CaseChanges changes;
  private final InstantSource clock;

  PaymentDecisions(Timeline timeline, CaseChanges changes, InstantSource clock) {
    this.timeline = timeline;
    this.changes = changes;
    this.clock = clock;
  }

  @EventListener
  void on(UnmatchedPayments.Decided decided) {
    timeline.tell(
        decided.payerId(),
        null,
        "payment",
        decided.actor(),
        decided.words(),
        "payment-"
            + decided.paymentId()
            + "-"
            + clock.instant().toEpochMilli()
            + "-"
            + decided.words().hashCode(),
        null);
    changes.ofPayer(decided.payerId());
  }
}
