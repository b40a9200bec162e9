package io.relance.casework;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceConcluded;
import io.relance.ledger.Invoices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What payers promise: a day and, if they name one, an amount, for one or several invoices. Each
 * promise has a process, which judges it when its days of grace are over.
 */
@Component
public class PaymentPromises {

  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private final PromiseStore store;
  private final Creditors creditors;
  private final Invoices invoiceRows;
  private final Balances balances;
  private final PromisePolicy policy;
  private final CaseChanges changes;
  private final Subjects subjects;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  PaymentPromises(
      PromiseStore store,
      Creditors creditors,
      Invoices invoiceRows,
      Balances balances,
      PromisePolicy policy,
      CaseChanges changes,
      Subjects subjects,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.store = store;
    this.creditors = creditors;
    this.invoiceRows = invoiceRows;
    this.balances = balances;
    this.policy = policy;
    this.changes = changes;
    this.subjects = subjects;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /**
   * Takes a promise down, in place of those that ran for the same invoices.
   *
   * @param asked those of them that are open still are promised
   * @param amount what is to come by then; null for all that is open of the invoices
   * @param source names what says so; the same source promises once
   * @throws IllegalArgumentException if the day is past, or later than promise-policy.dmn lets this
   *     payer promise, the amount is not positive, or nothing is open of the invoices any more
   */
  @Transactional
  public void make(
      long payerId,
      List<Invoice> asked,
      LocalDate promisedFor,
      @Nullable Money amount,
      String source,
      Actor actor) {
    LocalDate today = today(payerId);
    if (promisedFor.isBefore(today)) {
      throw new IllegalArgumentException(
          "promisedFor is " + promisedFor + ": a promise names a day from today on");
    }
    String against = policy.speaksAgainst(payerId, promisedFor);
    if (against != null) {
      throw new IllegalArgumentException("promisedFor is " + promisedFor + ": " + against);
    }
    if (amount != null && !amount.isPositive()) {
      throw new IllegalArgumentException("amount is " + amount + ": it must be positive");
    }
    balances.lock(List.of(payerId));
    List<Invoice> invoices = asked.stream().map(this::asItIs).filter(Invoice::isLive).toList();
    if (invoices.isEmpty()) {
      throw new IllegalArgumentException("a promise names at least one open invoice");
    }
    Long id = store.add(payerId, promisedFor, amount, source, actor, clock.instant());
    if (id == null) {
      return;
    }
    replace(invoices, today);
    for (Invoice invoice : invoices) {
      store.addInvoice(id, invoice, promisedFor, actor, clock.instant());
      timeline.tell(
          payerId,
          invoice.id(),
          "promise",
          actor,
          "Promised " + (amount == null ? "to pay" : amount.toString()) + " by " + promisedFor,
          "promise-" + id + "-" + invoice.id(),
          null);
      changes.ofInvoice(invoice.id());
    }
    announce(id, payerId, "promise-" + id);
  }

  private Invoice asItIs(Invoice read) {
    return invoiceRows.findById(read.id()).orElseThrow();
  }

  /**
   * What was promised of these invoices gives way to something that was agreed later, or to a
   * dispute. A promise whose day is past and that was not kept is broken all the same.
   */
  public void replace(List<Invoice> invoices, LocalDate today) {
    for (Invoice invoice : invoices) {
      end(store.decidePast("broken", today, invoice.id()));
      end(store.decide("replaced", today, invoice.id()));
    }
  }

  /** The invoice was written off or handed over: nobody waits for what was promised of it. */
  @EventListener
  void on(InvoiceConcluded concluded) {
    end(store.decide("replaced", today(concluded.payerId()), concluded.invoiceId()));
  }

  /** Tells the processes of promises that were decided before their day. */
  void end(List<Long> promiseIds) {
    engine.addAll(
        promiseIds.stream()
            .map(
                id ->
                    new EngineOutbox.Message(
                        "promise-settled",
                        String.valueOf(id),
                        "promise-settled-" + id,
                        TIME_TO_LIVE,
                        "{}"))
            .toList());
  }

  void announce(long promiseId, long payerId, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "promise-made",
            String.valueOf(promiseId),
            messageId,
            Duration.ZERO,
            "{\"promiseId\":" + promiseId + ",\"payerId\":" + payerId + "}"));
  }

  /** The invoice is settled: what was promised of it is kept. */
  void settled(long invoiceId, LocalDate on) {
    end(store.decide("kept", on, invoiceId));
  }

  /** Money came in for an invoice: a promised amount may have been reached. */
  void paid(long invoiceId, LocalDate today) {
    for (PromiseStore.Row row : store.runningWithAmount(invoiceId)) {
      if (isReached(row)) {
        store.decidePromise("kept", today, row.id());
        end(List.of(row.id()));
      }
    }
    if (!invoiceRows.findById(invoiceId).orElseThrow().claimed().isPositive()) {
      // what is left of it is disputed, and was not promised
      end(store.decideUnbounded("kept", today, invoiceId));
    }
  }

  boolean isReached(PromiseStore.Row row) {
    if (row.amount() == null) {
      return store.invoicesOf(row.id()).stream()
          .map(id -> invoiceRows.findById(id).orElseThrow())
          .noneMatch(i -> i.claimed().isPositive());
    }
    return store.received(row).compareTo(row.amount()) >= 0;
  }

  /** Gives a promise to its process; the time to judge it, or null if it does not run any more. */
  @Transactional
  public @Nullable Instant open(long promiseId, long processInstanceKey) {
    PromiseStore.Row row = store.find(promiseId);
    subjects.keep(processInstanceKey, row.payerId(), null);
    store.takenBy(promiseId, processInstanceKey);
    if (!row.state().equals("open")) {
      return null;
    }
    BusinessCalendar calendar = calendarOf(row.payerId());
    return CaseTimes.opening(
        calendar, Standing.brokenFrom(calendar, row.promisedFor()), row.payerId());
  }

  /** Judges a promise whose time has come; returns its state. */
  @Transactional
  public String judge(long promiseId) {
    PromiseStore.Row found = store.find(promiseId);
    balances.lock(List.of(found.payerId()));
    PromiseStore.Row row = store.find(promiseId);
    if (!row.state().equals("open")) {
      return row.state();
    }
    LocalDate today = today(row.payerId());
    List<Long> invoices = store.invoicesOf(promiseId);
    String state = isReached(row) ? "kept" : "broken";
    store.decidePromise(state, today, promiseId);
    for (long invoiceId : invoices) {
      timeline.tell(
          row.payerId(),
          invoiceId,
          "promise-" + state,
          Actor.system("casework"),
          "The promise to pay by "
              + row.promisedFor()
              + " was "
              + (state.equals("kept") ? "kept" : "not kept"),
          "promise-" + promiseId + "-" + state + "-" + invoiceId,
          null);
      changes.ofInvoice(invoiceId);
    }
    return state;
  }

  /** Promises that no process has taken are announced again: the word was lost on its way. */
  @Scheduled(fixedDelayString = "${relance.collection.interval:60s}", initialDelayString = "50s")
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("payment_promise", "state = 'open'")) {
      announce(
          id, store.find(id).payerId(), "promise-" + id + "-" + clock.instant().getEpochSecond());
    }
  }

  /** Promises that run, in words for a payer's file. */
  public String runningOf(long payerId) {
    return store.runningOf(payerId).stream()
        .map(r -> r.promisedFor().toString())
        .collect(Collectors.joining(", "));
  }

  private LocalDate today(long payerId) {
    return calendarOf(payerId).dateOf(clock.instant());
  }

  private BusinessCalendar calendarOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar();
  }
}
