package io.relance.casework;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.ledger.InvoiceSettled;
import io.relance.ledger.OpenAmountChanged;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the process of an invoice that it is settled: in the transaction of the payment, and again
 * should that be lost.
 */
@Component
class Settlements {

  private static final Logger log = LoggerFactory.getLogger(Settlements.class);
  private static final String MESSAGE = "invoice-settled";
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  /** Short, so that none is left over for the process of an invoice that was opened again. */
  private static final Duration REPEATED_TIME_TO_LIVE = Duration.ofMinutes(1);

  private final Cases cases;
  private final Timeline timeline;
  private final PaymentPromises promises;
  private final CaseChanges changes;
  private final ApplicationEventPublisher events;
  private final EngineOutbox engine;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  Settlements(
      Cases cases,
      Timeline timeline,
      PaymentPromises promises,
      CaseChanges changes,
      ApplicationEventPublisher events,
      EngineOutbox engine,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.cases = cases;
    this.timeline = timeline;
    this.promises = promises;
    this.changes = changes;
    this.events = events;
    this.engine = engine;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @EventListener
  void on(InvoiceSettled settled) {
    cases
        .liveOf(settled.invoiceId())
        .ifPresent(c -> announce(c.invoiceId(), "settled-" + c.id(), TIME_TO_LIVE));
    timeline.tell(
        settled.payerId(),
        settled.invoiceId(),
        "settled",
        Actor.system("ledger"),
        "Settled on " + settled.on() + " (" + settled.how() + ")",
        "settled-" + settled.invoiceId() + "-" + settled.on(),
        null);
    promises.settled(settled.invoiceId(), settled.on());
    events.publishEvent(new PayerFactsChanged(settled.payerId()));
  }

  @EventListener
  void on(OpenAmountChanged changed) {
    if (changed.open().isZero()) {
      return;
    }
    timeline.tell(
        changed.payerId(),
        changed.invoiceId(),
        changed.kind(),
        changed.actor(),
        "Open amount changed by "
            + changed.by().negated()
            + " to "
            + changed.open()
            + " ("
            + changed.reference()
            + ")",
        "open-"
            + changed.invoiceId()
            + "-"
            + Integer.toHexString(changed.reference().hashCode())
            + "-"
            + changed.open().plain(),
        null);
    promises.paid(changed.invoiceId(), clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
    changes.ofInvoice(changed.invoiceId());
  }

  private void announce(long invoiceId, String messageId, Duration timeToLive) {
    engine.add(
        new EngineOutbox.Message(MESSAGE, String.valueOf(invoiceId), messageId, timeToLive, "{}"));
  }

  /**
   * Cases that go on although their invoice is settled: the message expired while nothing waited
   * for it.
   */
  @Scheduled(fixedDelayString = "${relance.collection.interval:60s}", initialDelayString = "30s")
  @Transactional
  public void announceForgotten() {
    List<Long> forgotten =
        jdbc.queryForList(
            """
            SELECT c.invoice_id FROM collection_case c JOIN invoice i ON i.id = c.invoice_id
            WHERE c.live = 1 AND c.state = 'active' AND i.settled_on IS NOT NULL
            LIMIT 500
            """,
            Long.class);
    long minute = clock.instant().getEpochSecond() / 60;
    Set<String> waiting = engine.waiting(MESSAGE, forgotten.stream().map(String::valueOf).toList());
    for (long invoiceId : forgotten) {
      if (waiting.contains(String.valueOf(invoiceId))) {
        continue;
      }
      log.info("Telling the process of invoice {} again that it is settled", invoiceId);
      announce(invoiceId, "settled-again-" + invoiceId + "-" + minute, REPEATED_TIME_TO_LIVE);
    }
  }
}
