package io.relance.casework.disputes;

import io.relance.casework.CaseChanges;
import io.relance.casework.CaseTimes;
import io.relance.casework.PaymentPromises;
import io.relance.casework.Subjects;
import io.relance.casework.Timeline;
import io.relance.casework.UnclaimedStarts;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.InvoiceConcluded;
import io.relance.ledger.InvoiceSettled;
import io.relance.ledger.Invoices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens disputes, gives them to somebody with a deadline, and ends them. While one is open nothing
 * is asked of the payer for what it is about; the part of an invoice that is not disputed goes on.
 */
@Component
public class Disputes {

  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
  private static final int DEADLINE_DAYS_MAX = 120;

  /**
   * What the model knows of a dispute.
   *
   * @param runs whether there is anything to settle
   * @param amountBand of what is disputed: {@code small}, {@code standard} or {@code large}
   */
  public record Facts(boolean runs, String reason, String amountBand) {}

  private final DisputeStore store;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Balances balances;
  private final CaseChanges changes;
  private final PaymentPromises promises;
  private final Subjects subjects;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  Disputes(
      DisputeStore store,
      Invoices invoices,
      Creditors creditors,
      Balances balances,
      CaseChanges changes,
      PaymentPromises promises,
      Subjects subjects,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.store = store;
    this.invoices = invoices;
    this.creditors = creditors;
    this.balances = balances;
    this.changes = changes;
    this.promises = promises;
    this.subjects = subjects;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /**
   * Opens a dispute, unless the invoice has one.
   *
   * @param reason code of the list of reasons, or a word of the source's own
   * @param part what is disputed; null, or no less than what is open, for the whole invoice
   * @param source names what says so; the same source opens one
   * @return false if the invoice has an open dispute already
   * @throws IllegalArgumentException if the invoice is settled, or the part is not positive or in
   *     another currency
   */
  @Transactional
  public boolean open(
      long invoiceId,
      String reason,
      @Nullable Money part,
      @Nullable String note,
      String source,
      Actor actor) {
    Invoice before = invoices.findById(invoiceId).orElseThrow();
    balances.lock(List.of(before.payerId()));
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    Money disputed = check(invoice, part);
    Dispute dispute = store.add(invoice, reason, disputed, note, source, actor).orElse(null);
    if (dispute == null) {
      return false;
    }
    balances.dispute(invoice, disputed);
    if (disputed == null) {
      LocalDate today = creditorOf(invoice).calendar().dateOf(clock.instant());
      promises.replace(List.of(invoice), today); // nobody waits for what is disputed
    }
    timeline.tell(
        invoice.payerId(),
        invoiceId,
        "dispute",
        actor,
        "Dispute opened ("
            + reason
            + ") over "
            + (disputed == null ? "all of it" : disputed)
            + (note == null || note.isBlank() ? "" : ": " + note.strip()),
        "dispute-" + dispute.id(),
        null);
    announce(dispute, "dispute-" + dispute.id());
    changes.ofInvoice(invoiceId);
    return true;
  }

  private static @Nullable Money check(Invoice invoice, @Nullable Money part) {
    if (!invoice.isLive()) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " has nothing open that could be disputed");
    }
    if (part == null) {
      return null;
    }
    if (!part.isPositive() || !part.currencyCode().equals(invoice.currency())) {
      throw new IllegalArgumentException(
          "amount is " + part + ": it must be positive and in " + invoice.currency());
    }
    return part.compareTo(invoice.open()) >= 0 ? null : part;
  }

  private void announce(Dispute dispute, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "dispute-opened",
            String.valueOf(dispute.id()),
            messageId,
            Duration.ZERO,
            "{\"disputeId\":%d,\"invoiceId\":%d,\"payerId\":%d}"
                .formatted(dispute.id(), dispute.invoiceId(), dispute.payerId())));
  }

  /** Gives the dispute to its process. */
  @Transactional
  public Facts take(long disputeId, long processInstanceKey) {
    Dispute dispute = store.find(disputeId).orElseThrow();
    subjects.keep(processInstanceKey, dispute.payerId(), dispute.invoiceId());
    store.heldBy(disputeId, processInstanceKey);
    Invoice invoice = invoices.findById(dispute.invoiceId()).orElseThrow();
    return new Facts(
        dispute.isOpen(),
        dispute.reason(),
        creditorOf(invoice).amountBand(amountOf(dispute, invoice)));
  }

  /** Keeps who settles it and by when; returns the moment at which it goes to the managers. */
  @Transactional
  public Instant assign(long disputeId, String ownerGroup, int businessDays) {
    Dispute dispute = store.find(disputeId).orElseThrow();
    Invoice invoice = invoices.findById(dispute.invoiceId()).orElseThrow();
    BusinessCalendar calendar = creditorOf(invoice).calendar();
    LocalDate deadline =
        calendar.plusBusinessDays(
            calendar.dateOf(clock.instant()), Math.clamp(businessDays, 1, DEADLINE_DAYS_MAX));
    store.assign(disputeId, ownerGroup, deadline);
    return CaseTimes.opening(calendar, deadline.plusDays(1), dispute.payerId());
  }

  /** The deadline is past: it goes to another group, and the file says so. */
  @Transactional
  public void escalate(long disputeId, String ownerGroup) {
    Dispute dispute = store.find(disputeId).orElseThrow();
    store.escalate(disputeId, ownerGroup);
    timeline.tell(
        dispute.payerId(),
        dispute.invoiceId(),
        "dispute-escalated",
        Actor.system("casework"),
        "Not settled by " + dispute.deadline() + ": the dispute goes to the " + ownerGroup,
        "dispute-escalated-" + disputeId,
        null);
  }

  /**
   * Ends a dispute.
   *
   * @param state {@code justified}, {@code partly}, {@code unfounded}, {@code withdrawn} or {@code
   *     settled}
   * @param credited what is taken off the invoice, or null for nothing
   */
  @Transactional
  public void end(
      long disputeId, String state, @Nullable Money credited, @Nullable String note, Actor actor) {
    if (close(disputeId, state, credited, note, actor)) {
      engine.add(
          new EngineOutbox.Message(
              "dispute-ended",
              String.valueOf(disputeId),
              "dispute-ended-" + disputeId,
              TIME_TO_LIVE,
              "{}"));
    }
  }

  /** As {@link #end}, by the dispute's own process, which needs no word of it. */
  boolean close(
      long disputeId, String state, @Nullable Money credited, @Nullable String note, Actor actor) {
    Dispute dispute = store.find(disputeId).orElseThrow();
    balances.lock(List.of(dispute.payerId()));
    Invoice invoice = invoices.findById(dispute.invoiceId()).orElseThrow();
    LocalDate today = creditorOf(invoice).calendar().dateOf(clock.instant());
    if (!store.close(disputeId, state, credited, actor, today)) {
      return false;
    }
    balances.endDispute(invoice);
    timeline.tell(
        dispute.payerId(),
        dispute.invoiceId(),
        "dispute-ended",
        actor,
        "The dispute ended: "
            + state
            + (credited == null ? "" : ", " + credited + " credited")
            + (note == null || note.isBlank() ? "" : ": " + note.strip()),
        "dispute-ended-" + disputeId,
        null);
    if (credited != null && credited.isPositive()) {
      balances.reduce(invoice.id(), credited, "credit-note", today, "dispute " + disputeId, actor);
    }
    changes.ofInvoice(invoice.id());
    return true;
  }

  /** The open dispute of an invoice. */
  public Optional<Dispute> liveOf(long invoiceId) {
    return store.liveOf(invoiceId);
  }

  /** The payer takes it back; false if the invoice has no open dispute. */
  @Transactional
  public boolean withdraw(long invoiceId, Actor actor) {
    Dispute live = store.liveOf(invoiceId).orElse(null);
    if (live != null) {
      end(live.id(), "withdrawn", null, null, actor);
    }
    return live != null;
  }

  /** What is disputed, as far as it is still open. */
  public Money amountOf(Dispute dispute, Invoice invoice) {
    return dispute.amount() == null
        ? invoice.open()
        : Money.of(dispute.amount(), invoice.currency()).min(invoice.open());
  }

  @EventListener
  void on(InvoiceSettled settled) {
    store
        .liveOf(settled.invoiceId())
        .ifPresent(d -> end(d.id(), "settled", null, null, Actor.system("ledger")));
  }

  /** What was written off or handed over is not argued about here any more. */
  @EventListener
  void on(InvoiceConcluded concluded) {
    store
        .liveOf(concluded.invoiceId())
        .ifPresent(
            d -> end(d.id(), "withdrawn", null, concluded.outcome(), Actor.system("ledger")));
  }

  /** Tells the engine again of those that no process has taken: the word was lost. */
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("dispute", "live = 1")) {
      announce(
          store.find(id).orElseThrow(), "dispute-" + id + "-" + clock.instant().getEpochSecond());
    }
  }

  private Creditor creditorOf(Invoice invoice) {
    return creditors.findById(invoice.creditorId()).orElseThrow();
  }
}
