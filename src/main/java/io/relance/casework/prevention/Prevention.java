package io.relance.casework.prevention;

import io.relance.casework.CaseHolds;
import io.relance.casework.PayerFactsChanged;
import io.relance.casework.UnclaimedStarts;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.FollowsDay;
import io.relance.kernel.LockRetries;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Begins prevention for invoices that were issued a short while ago or are due soon, and ends it
 * when they are paid, late, or somebody looks after them.
 */
@Component
@Order(2)
public class Prevention implements FollowsDay {

  private static final Logger log = LoggerFactory.getLogger(Prevention.class);
  private static final int BATCH = 500;
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  /** Begins early enough for any step of the plan; the plan says what really happens. */
  private static final int DUE_WITHIN_DAYS = 20;

  private static final int ISSUED_WITHIN_DAYS = 10;

  private final PreventionStore store;
  private final Invoices invoices;
  private final Creditors creditors;
  private final CaseHolds holds;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  Prevention(
      PreventionStore store,
      Invoices invoices,
      Creditors creditors,
      CaseHolds holds,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.store = store;
    this.invoices = invoices;
    this.creditors = creditors;
    this.holds = holds;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Scheduled(
      fixedDelayString = "${relance.collection.interval:60s}",
      initialDelayString = "${relance.collection.initial-delay:5s}")
  @Override
  public synchronized void followDay() {
    for (Creditor creditor : creditors.findAll()) {
      LocalDate today = creditor.calendar().dateOf(clock.instant());
      begin(creditor, today);
      resume(creditor, today);
      endOverdue(today);
    }
    LockRetries.retrying(() -> transactions.execute(status -> announceUnclaimed()));
  }

  private void begin(Creditor creditor, LocalDate today) {
    int begun =
        begin(
                after ->
                    store.dueSoon(
                        creditor.key(), today, today.plusDays(DUE_WITHIN_DAYS), after, BATCH))
            + begin(
                after ->
                    store.issuedLately(
                        creditor.key(), today, today.minusDays(ISSUED_WITHIN_DAYS), after, BATCH));
    if (begun > 0) {
      log.info("Began the prevention of {} invoices", begun);
    }
  }

  private int begin(LongFunction<List<PreventionStore.Row>> batchAfter) {
    long after = 0;
    int begun = 0;
    while (true) {
      List<PreventionStore.Row> batch = batchAfter.apply(after);
      if (batch.isEmpty()) {
        return begun;
      }
      LockRetries.retrying(
          () ->
              transactions.execute(
                  status -> {
                    store.begin(batch);
                    return announceUnclaimed();
                  }));
      begun += batch.size();
      after = batch.getLast().invoiceId();
    }
  }

  /** Tells the engine of those that no process has taken. To be called in a transaction. */
  private int announceUnclaimed() {
    List<Long> ids = unclaimed.of("prevention", "live = 1");
    engine.addAll(
        ids.stream()
            .map(id -> store.find(id).orElseThrow())
            .map(
                row ->
                    new EngineOutbox.Message(
                        "invoice-announced",
                        String.valueOf(row.invoiceId()),
                        "prevention-" + row.id() + "-" + clock.instant().getEpochSecond(),
                        Duration.ZERO,
                        "{\"preventionId\":%d,\"invoiceId\":%d,\"payerId\":%d}"
                            .formatted(row.id(), row.invoiceId(), row.payerId())))
            .toList());
    return ids.size();
  }

  private void endOverdue(LocalDate today) {
    while (true) {
      List<PreventionStore.Row> late = store.overdue(today, BATCH);
      if (late.isEmpty()) {
        return;
      }
      LockRetries.retrying(
          () ->
              transactions.execute(
                  status -> {
                    late.forEach(row -> end(row, "overdue"));
                    return late.size();
                  }));
    }
  }

  /** Ends it and tells its process. */
  private void end(PreventionStore.Row row, String state) {
    if (store.close(row.id(), state)) {
      engine.add(
          new EngineOutbox.Message(
              "prevention-ended",
              String.valueOf(row.id()),
              "prevention-ended-" + row.id() + "-" + UUID.randomUUID(),
              TIME_TO_LIVE,
              "{}"));
    }
  }

  /**
   * A payment, a credit, a dispute, a promise or a plan ends it; a hold, until the hold is over.
   */
  @EventListener
  void on(PayerFactsChanged changed) {
    for (PreventionStore.Row row : store.liveOfPayer(changed.payerId())) {
      Invoice invoice = invoices.findById(row.invoiceId()).orElseThrow();
      if (isNeedless(invoice)) {
        end(row, endOf(invoice));
      }
    }
  }

  boolean isNeedless(Invoice invoice) {
    LocalDate today =
        creditors.findById(invoice.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
    return invoice.isOverdue(today) || holds.reasonAgainst(invoice, today).isPresent();
  }

  /** The state of one that became needless. */
  String endOf(Invoice invoice) {
    LocalDate today =
        creditors.findById(invoice.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
    if (invoice.isSettled()) {
      return "settled";
    }
    return holds.reasonAgainst(invoice, today).filter("hold"::equals).isPresent()
        ? PreventionStore.HELD
        : "interrupted";
  }

  /** Goes on with those whose hold is over. */
  private void resume(Creditor creditor, LocalDate today) {
    long after = 0;
    List<PreventionStore.Row> batch = store.held(creditor.key(), today, after, BATCH);
    while (!batch.isEmpty()) {
      for (PreventionStore.Row row : batch) {
        if (!isNeedless(invoices.findById(row.invoiceId()).orElseThrow())) {
          store.reopen(row.id());
        }
      }
      after = batch.getLast().id();
      batch = store.held(creditor.key(), today, after, BATCH);
    }
  }

  /** Ends it by its own process. */
  @Transactional
  void finish(long preventionId, String state) {
    store.close(preventionId, state);
  }
}
