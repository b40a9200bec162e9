package io.relance.casework;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Promises that were taken down by mistake, and those that a mistaken payment seemed to keep. */
@Component
public class PromiseCorrections {

  private final PromiseStore store;
  private final PaymentPromises promises;
  private final Creditors creditors;
  private final Invoices invoices;
  private final Balances balances;
  private final CaseChanges changes;
  private final Timeline timeline;
  private final InstantSource clock;

  PromiseCorrections(
      PromiseStore store,
      PaymentPromises promises,
      Creditors creditors,
      Invoices invoices,
      Balances balances,
      CaseChanges changes,
      Timeline timeline,
      InstantSource clock) {
    this.store = store;
    this.promises = promises;
    this.creditors = creditors;
    this.invoices = invoices;
    this.balances = balances;
    this.changes = changes;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** {@code open} while it runs, otherwise what became of it. */
  public String stateOf(long promiseId) {
    return store.find(promiseId).state();
  }

  /**
   * It was never made: it is neither kept nor broken, and its invoices are asked for again.
   *
   * @throws IllegalArgumentException if it does not run any more
   */
  @Transactional
  public void withdraw(long promiseId, Actor actor) {
    long payerId = store.find(promiseId).payerId();
    balances.lock(List.of(payerId));
    String state = stateOf(promiseId);
    if (!state.equals("open")) {
      throw new IllegalArgumentException("the promise was " + state + " already");
    }
    List<Long> promised = store.invoicesOf(promiseId);
    store.decidePromise("withdrawn", calendarOf(payerId).dateOf(clock.instant()), promiseId);
    promises.end(List.of(promiseId));
    LocalDate since = calendarOf(payerId).dateOf(store.find(promiseId).createdAt());
    promised.forEach(id -> renewReplaced(id, since, actor));
    promised.forEach(changes::ofInvoice);
  }

  /**
   * What took the place of a promise was a mistake: the promise that stood before runs again.
   *
   * @param since the day of the mistake
   */
  public void renewReplaced(long invoiceId, LocalDate since, Actor actor) {
    store
        .replacedSince(invoiceId, since)
        .map(store::find)
        .ifPresent(
            row -> {
              if (row.state().equals("open")) {
                store.runsAgain(row.id(), invoiceId);
              } else {
                renew(row, row.payerId(), actor);
              }
            });
  }

  /**
   * A payment of these invoices was a mistake: what was promised of them runs again, and where its
   * time is over, it was not kept.
   *
   * @param since the day of the payment
   */
  void renew(long payerId, List<Long> opened, LocalDate since, Actor actor) {
    for (long invoiceId : opened) {
      for (long promiseId : store.keptSince(invoiceId, since)) {
        PromiseStore.Row row = store.find(promiseId);
        if (row.state().equals("open")) {
          store.runsAgain(promiseId, invoiceId);
        } else if (!keeps(row)) {
          renew(row, payerId, actor);
        }
      }
    }
  }

  private boolean keeps(PromiseStore.Row row) {
    return row.amount() == null
        ? store.namedBy(row.id()).stream()
            .noneMatch(id -> invoices.findById(id).orElseThrow().claimed().isPositive())
        : promises.isReached(row);
  }

  private void renew(PromiseStore.Row row, long payerId, Actor actor) {
    BusinessCalendar calendar = calendarOf(payerId);
    LocalDate today = calendar.dateOf(clock.instant());
    List<Invoice> promised =
        store.namedBy(row.id()).stream()
            .map(id -> invoices.findById(id).orElseThrow())
            .filter(Invoice::isLive)
            .toList();
    boolean over = !today.isBefore(Standing.brokenFrom(calendar, row.promisedFor()));
    store.wasNotKept(row.id(), over ? "broken" : "withdrawn", today);
    Long renewed =
        over || promised.isEmpty()
            ? null
            : store.add(
                payerId,
                row.promisedFor(),
                missing(row),
                "renewed-" + row.id(),
                actor,
                clock.instant());
    for (Invoice invoice : promised) {
      if (renewed != null) {
        store.addInvoice(renewed, invoice, row.promisedFor(), actor, clock.instant());
      }
      timeline.tell(
          payerId,
          invoice.id(),
          over ? "promise-broken" : "promise-renewed",
          actor,
          "The promise to pay by "
              + row.promisedFor()
              + (over ? " was not kept after all" : " runs again"),
          "promise-renewed-" + row.id() + "-" + invoice.id(),
          null);
    }
    if (renewed != null) {
      promises.announce(renewed, payerId, "promise-" + renewed);
    }
  }

  /** Of the amount that was promised, what has not come since. */
  private @Nullable Money missing(PromiseStore.Row row) {
    BigDecimal amount = row.amount();
    String currency = row.currency();
    return amount == null || currency == null
        ? null
        : Money.of(amount.subtract(store.received(row)), currency);
  }

  private BusinessCalendar calendarOf(long payerId) {
    return creditors.findByPayer(payerId).orElseThrow().calendar();
  }
}
