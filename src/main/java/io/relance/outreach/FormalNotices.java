package io.relance.outreach;

import io.relance.charges.Charges;
import io.relance.ledger.Balances;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.outreach.permission.Channel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Formal notices: letters that a person prints, signs and posts. The text says who claims what from
 * whom, of which invoice, with its dates, what is owed on top because it is late, what is demanded
 * and until when.
 */
@Component
public class FormalNotices {

  private final NoticeFacts facts;
  private final Invoices invoices;
  private final NoticeStore store;
  private final NoticeTemplates templates;
  private final Charges charges;
  private final Balances balances;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  FormalNotices(
      NoticeFacts facts,
      Invoices invoices,
      NoticeStore store,
      NoticeTemplates templates,
      Charges charges,
      Balances balances,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.facts = facts;
    this.invoices = invoices;
    this.store = store;
    this.templates = templates;
    this.charges = charges;
    this.balances = balances;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Writes the letter of an invoice from the facts of this moment.
   *
   * @param days that the payer has to pay, counted from when they receive it
   * @return the notice's id; its state is {@code prepared}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long prepare(long invoiceId, int days) {
    Invoice invoice = invoices.findById(invoiceId).orElseThrow();
    balances.lock(List.of(invoice.payerId()));
    invoice = invoices.findById(invoiceId).orElseThrow();
    Instant now = clock.instant();
    Notice notice = of(invoice, facts.read(invoice.payerId(), now));
    RenderedNotice letter = templates.renderFormal(notice, days, charges.of(invoice, notice.day()));
    return store.addLetter(notice, letter, "<letter." + UUID.randomUUID() + ">", now);
  }

  private static Notice of(Invoice invoice, NoticeFacts.Facts known) {
    return new Notice(
        known.creditor(),
        known.payer(),
        Channel.LETTER,
        Tone.FORMAL,
        known.day(),
        PostalAddresses.recipient(known.payer()),
        List.of(invoice),
        List.of(),
        known.creditsFor(invoice),
        null);
  }

  /** A person posted it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void posted(long noticeId, long payerId, long invoiceId, String tracking) {
    NoticeStore.Kept letter = store.find(noticeId).orElseThrow();
    if (!letter.state().equals("prepared")) {
      return;
    }
    store.settle(noticeId, "sent", clock.instant(), null);
    store.carriedBy(noticeId, PostalAddresses.CARRIER);
    events.publishEvent(
        new NoticeSent(
            noticeId,
            payerId,
            Channel.LETTER,
            List.of(invoiceId),
            Tone.FORMAL,
            letter.recipient(),
            letter.subject() + " (" + tracking + ")"));
  }

  /** It is not posted. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void dropped(long noticeId, String reason) {
    store
        .find(noticeId)
        .filter(letter -> letter.state().equals("prepared"))
        .ifPresent(
            letter -> {
              // what a provider has, or may have, is not undone by our files
              String state =
                  store
                      .withProvider(noticeId)
                      .map(with -> with.equals("submitted") ? "sent" : "unknown")
                      .orElse("failed");
              store.settle(noticeId, state, state.equals("sent") ? clock.instant() : null, reason);
            });
  }

  /** Whether what it claims is not what is claimed now. Read with the payer locked. */
  public boolean isStale(long noticeId) {
    NoticeStore.Kept letter = store.find(noticeId).orElseThrow();
    NoticeFacts.Facts known = facts.read(letter.payerId(), clock.instant());
    return store.claimsOf(noticeId).entrySet().stream()
        .anyMatch(
            said ->
                invoices
                    .findById(said.getKey())
                    .filter(i -> i.outcome() == null)
                    .filter(i -> i.claimed().amount().compareTo(said.getValue()) == 0)
                    .filter(i -> of(i, known).deducted().equals(letter.deducted()))
                    .isEmpty());
  }
}
