package io.relance.casework.disputes;

import io.relance.kernel.Actor;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Follows what the ledger file says of disputes: each one in a transaction of its own. */
@Component
class DisputeFollower {

  private static final Logger log = LoggerFactory.getLogger(DisputeFollower.class);

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
      each(() -> disputes.open(invoiceId, "ledger", null, null, source, LEDGER));
    }
    for (long disputeId : store.takenBack()) {
      each(() -> disputes.end(disputeId, "withdrawn", null, null, LEDGER));
    }
    disputes.announceUnclaimed();
  }

  /** One that cannot be followed does not keep the others. */
  private static void each(Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException | DataAccessException failed) {
      log.warn("A dispute of the ledger could not be followed", failed);
    }
  }
}
