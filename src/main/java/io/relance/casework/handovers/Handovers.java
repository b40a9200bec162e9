package io.relance.casework.handovers;

import io.relance.casework.CaseChanges;
import io.relance.casework.CaseHolds;
import io.relance.casework.PayerFactsChanged;
import io.relance.casework.Subjects;
import io.relance.casework.TaskAnswers;
import io.relance.casework.Timeline;
import io.relance.casework.UnclaimedStarts;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Actor;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.FormalNotices;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proposes handovers and ends them. While one is under way collection stands still; whatever
 * settles, disputes, promises or holds the invoice ends it, and collection goes on from there.
 */
@Component
public class Handovers {

  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
  private static final Actor CASEWORK = Actor.system("casework");

  private final HandoverStore store;
  private final Invoices invoices;
  private final Creditors creditors;
  private final Balances balances;
  private final CaseHolds holds;
  private final CaseChanges changes;
  private final Subjects subjects;
  private final FormalNotices letters;
  private final Timeline timeline;
  private final EngineOutbox engine;
  private final UnclaimedStarts unclaimed;
  private final InstantSource clock;

  Handovers(
      HandoverStore store,
      Invoices invoices,
      Creditors creditors,
      Balances balances,
      CaseHolds holds,
      CaseChanges changes,
      Subjects subjects,
      FormalNotices letters,
      Timeline timeline,
      EngineOutbox engine,
      UnclaimedStarts unclaimed,
      InstantSource clock) {
    this.store = store;
    this.invoices = invoices;
    this.creditors = creditors;
    this.balances = balances;
    this.holds = holds;
    this.changes = changes;
    this.subjects = subjects;
    this.letters = letters;
    this.timeline = timeline;
    this.engine = engine;
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /**
   * Proposes to hand an invoice over, and tells its case.
   *
   * @throws IllegalArgumentException if it is not overdue, is ended, held, disputed or promised, or
   *     is being handed over already
   */
  @Transactional
  public void propose(long invoiceId, @Nullable String note, String source, Actor actor) {
    Invoice invoice = locked(invoiceId);
    if (!invoice.isOverdue(today(invoice))) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " is not overdue: only what is overdue is handed over");
    }
    String speaksAgainst = holds.besidesHandover(invoice, today(invoice)).orElse(null);
    if (speaksAgainst != null) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " cannot be handed over: " + speaksAgainst);
    }
    if (!proposeQuietly(invoiceId, note, source, actor)) {
      throw new IllegalArgumentException(
          "invoice " + invoice.number() + " is being handed over already");
    }
    changes.ofInvoice(invoiceId);
  }

  /**
   * As {@link #propose}, by the process of the case itself, which goes on by what it is answered.
   *
   * @param source names what proposes it; the same source proposes one
   * @return false if one is under way, or was proposed by this source, or nothing is left to claim
   */
  @Transactional
  public boolean proposeQuietly(long invoiceId, @Nullable String note, String source, Actor actor) {
    Invoice invoice = locked(invoiceId);
    if (invoice.isSettled() || invoice.outcome() != null) {
      return false;
    }
    Handover added = store.add(invoice, note, source, actor).orElse(null);
    if (added == null) {
      return false;
    }
    timeline.tell(
        invoice.payerId(),
        invoiceId,
        "handover",
        actor,
        "Handover proposed" + TaskAnswers.noted(note),
        "handover-" + added.id(),
        null);
    announce(added, "handover-" + added.id());
    return true;
  }

  private void announce(Handover handover, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "handover-proposed",
            String.valueOf(handover.id()),
            messageId,
            Duration.ZERO,
            "{\"handoverId\":%d,\"invoiceId\":%d,\"payerId\":%d}"
                .formatted(handover.id(), handover.invoiceId(), handover.payerId())));
  }

  /** Gives it to its process; false if there is nothing to hand over any more. */
  @Transactional
  boolean take(long handoverId, long processInstanceKey) {
    Handover handover = store.find(handoverId).orElseThrow();
    subjects.keep(processInstanceKey, handover.payerId(), handover.invoiceId());
    store.heldBy(handoverId, processInstanceKey);
    Invoice invoice = locked(handover.invoiceId());
    String speaksAgainst = holds.besidesHandover(invoice, today(invoice)).orElse(null);
    if (handover.isOpen() && speaksAgainst != null) {
      close(handover, invoice.isSettled() ? "settled" : "interrupted", speaksAgainst, CASEWORK);
      changes.ofInvoice(invoice.id());
      return false;
    }
    return handover.isOpen();
  }

  /**
   * Ends it by its own process: the case goes on.
   *
   * @return false if it was ended before
   */
  @Transactional
  boolean giveBack(long handoverId, String state, String words, Actor actor) {
    Handover handover = store.find(handoverId).orElseThrow();
    locked(handover.invoiceId());
    boolean closed = close(handover, state, words, actor);
    if (closed) {
      changes.ofInvoice(handover.invoiceId());
    }
    return closed;
  }

  private boolean close(Handover handover, String state, String words, Actor actor) {
    Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
    if (!store.close(handover.id(), state, actor, today(invoice))) {
      return false;
    }
    if (handover.noticeId() != null) {
      letters.dropped(handover.noticeId(), words);
    }
    timeline.tell(
        handover.payerId(),
        handover.invoiceId(),
        "handover-ended",
        actor,
        "The handover ended: " + words,
        "handover-ended-" + handover.id(),
        null);
    return true;
  }

  /** A person takes it back; false if none is under way. */
  @Transactional
  public boolean withdraw(long invoiceId, Actor actor) {
    locked(invoiceId);
    Handover live = store.liveOf(invoiceId).orElse(null);
    if (live == null || !close(live, "interrupted", "taken back", actor)) {
      return false;
    }
    tellProcess(live);
    changes.ofInvoice(invoiceId);
    return true;
  }

  /** The live or last one of an invoice. */
  public Optional<Handover> latestOf(long invoiceId) {
    return store.latestOf(invoiceId);
  }

  /** The one that a process follows. */
  public Optional<Handover> ofProcess(long processInstanceKey) {
    return store.ofProcess(processInstanceKey);
  }

  /** What settles, disputes, promises or holds an invoice ends its handover. */
  @EventListener
  void on(PayerFactsChanged changed) {
    for (Handover handover : store.liveOfPayer(changed.payerId())) {
      Invoice invoice = invoices.findById(handover.invoiceId()).orElseThrow();
      String speaksAgainst = holds.besidesHandover(invoice, today(invoice)).orElse(null);
      String state = invoice.isSettled() ? "settled" : "interrupted";
      if (speaksAgainst != null && close(handover, state, speaksAgainst, CASEWORK)) {
        tellProcess(handover);
      }
    }
  }

  private void tellProcess(Handover handover) {
    engine.add(
        new EngineOutbox.Message(
            "handover-ended",
            String.valueOf(handover.id()),
            "handover-ended-" + handover.id(),
            TIME_TO_LIVE,
            "{}"));
  }

  /** Tells the engine again of those that no process has taken: the word was lost. */
  @Scheduled(
      fixedDelayString = "${relance.collection.interval:60s}",
      initialDelayString = "${relance.collection.initial-delay:5s}")
  @Transactional
  public void announceUnclaimed() {
    for (long id : unclaimed.of("handover", "live = 1")) {
      announce(
          store.find(id).orElseThrow(), "handover-" + id + "-" + clock.instant().getEpochSecond());
    }
  }

  private Invoice locked(long invoiceId) {
    balances.lock(java.util.List.of(invoices.findById(invoiceId).orElseThrow().payerId()));
    return invoices.findById(invoiceId).orElseThrow();
  }

  private LocalDate today(Invoice invoice) {
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    return creditor.calendar().dateOf(clock.instant());
  }
}
