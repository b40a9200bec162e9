package io.relance.casework.disputes;

import io.relance.kernel.Actor;
import java.time.InstantSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Follows what the ledger file says of disputes: each one in a transaction of its own. */
@Component
class DisputeFollower {

  private static final Actor LEDGER = Actor.system("ledger");

  private final Disputes disputes;
  private final DisputeStore store;
  private final InstantSource clock;

  DisputeFollower(Disputes disputes, DisputeStore store, InstantSource clock) {
    this.disputes = disputes;
    this.store = store;
    this.clock = clock;
  }

  @Scheduled(
      fixedDelayString = "${relance.collection.interval:60s}",
      initialDelayString = "${relance.collection.initial-delay:5s}")
  void follow() {
    for (long invoiceId : store.toldAndNotOpened()) {
      String source = "ledger-" + invoiceId + "-" + clock.instant().toEpochMilli();
      disputes.open(invoiceId, "ledger", null, null, source, LEDGER);
    }
    for (long disputeId : store.takenBack()) {
      disputes.end(disputeId, "withdrawn", null, null, LEDGER);
    }
    disputes.announceUnclaimed();
  }
}
