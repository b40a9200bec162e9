package io.relance.outreach;

import io.relance.ledger.Balances;
import io.relance.ledger.Invoice;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.Permission;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters to payers: one for all that is asked for, written from the facts of the moment, which a
 * person prints and posts. While it waits to be posted, a change of what it says takes it back.
 */
@Component
public class Letters {

  private final PendingRequests requests;
  private final NoticeFacts facts;
  private final NoticeContents contents;
  private final NoticeStore store;
  private final NoticeTemplates templates;
  private final ContactPermissions permissions;
  private final Balances balances;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  Letters(
      PendingRequests requests,
      NoticeFacts facts,
      NoticeContents contents,
      NoticeStore store,
      NoticeTemplates templates,
      ContactPermissions permissions,
      Balances balances,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.requests = requests;
    this.facts = facts;
    this.contents = contents;
    this.store = store;
    this.templates = templates;
    this.permissions = permissions;
    this.balances = balances;
    this.events = events;
    this.clock = clock;
  }

  /** The letter that is wanted, for contact-permission.dmn; null if nothing is asked for. */
  @Transactional
  public @Nullable Contact plan(long payerId) {
    balances.lock(List.of(payerId));
    store.letterToPost(payerId).ifPresent(left -> takeBack(left, "written anew"));
    List<PendingRequests.Pending> valid = valid(payerId, facts.read(payerId, clock.instant()));
    if (valid.isEmpty()) {
      return null;
    }
    Instant earliest = clock.instant();
    Contact contact = permissions.contact(payerId, Channel.LETTER, false, earliest);
    Permission permission = permissions.decide(contact);
    requests.plan(valid, permission.at() == null ? earliest : permission.at());
    return contact;
  }

  private List<PendingRequests.Pending> valid(long payerId, NoticeFacts.Facts known) {
    List<PendingRequests.Pending> waiting = requests.waiting(payerId, true);
    Map<PendingRequests.Pending, String> obsolete = contents.obsolete(known, waiting);
    obsolete.forEach((request, reason) -> requests.dropObsolete(payerId, request, reason));
    return waiting.stream().filter(r -> !obsolete.containsKey(r)).toList();
  }

  /**
   * Writes the letter, once: asked again, it is the one that waits to be posted.
   *
   * @return its id; null if nothing is left to write about
   */
  @Transactional
  public @Nullable Long prepare(long payerId) {
    balances.lock(List.of(payerId));
    Optional<NoticeStore.Kept> before = store.letterToPost(payerId);
    if (before.isPresent()) {
      return before.get().id();
    }
    Instant now = clock.instant();
    NoticeFacts.Facts known = facts.read(payerId, now);
    List<PendingRequests.Pending> valid = valid(payerId, known);
    if (valid.isEmpty()) {
      return null;
    }
    Notice notice =
        contents.first(known, valid, Channel.LETTER, PostalAddresses.recipient(known.payer()));
    RenderedNotice letter = templates.render(notice);
    long id = store.addLetter(notice, letter, "<letter." + UUID.randomUUID() + ">", now);
    List<Long> listed = notice.items().stream().map(Invoice::id).toList();
    requests.prepared(
        valid.stream().filter(r -> r.isAnsweredBy(notice.tone(), planOf(notice), listed)).toList(),
        id);
    return id;
  }

  private static @Nullable Long planOf(Notice notice) {
    return notice.plan() == null ? null : notice.plan().planId();
  }

  /** The letter of this payer that waits to be posted. */
  public Optional<Long> toPost(long payerId) {
    return store.letterToPost(payerId).map(NoticeStore.Kept::id);
  }

  /**
   * Whether something that the letter says, which waits to be posted, is not so any more: an
   * invoice of it is paid, disputed or held, its open amount or what the payer has with us changed,
   * or a firmer word was asked for. What became due since does not make it wrong.
   */
  public boolean isStale(long payerId) {
    return store
        .letterToPost(payerId)
        .filter(letter -> store.withProvider(letter.id()).isEmpty())
        .filter(letter -> !stands(letter))
        .isPresent();
  }

  private boolean stands(NoticeStore.Kept letter) {
    if (requests.preparedFor(letter.id()).stream()
        .anyMatch(r -> r.tone().compareTo(letter.tone()) > 0)) {
      return false; // a firmer word was asked for meanwhile
    }
    NoticeFacts.Facts known = facts.read(letter.payerId(), clock.instant());
    Notice now =
        contents
            .of(
                known,
                requests.preparedFor(letter.id()),
                letter.tone(),
                letter.planId(),
                Channel.LETTER,
                PostalAddresses.recipient(known.payer()))
            .orElse(null);
    if (now == null || !now.recipient().equals(letter.recipient())) {
      return false;
    }
    if (letter.planId() != null) {
      return now.factsHash().equals(letter.factsHash());
    }
    if (!now.deducted().equals(letter.deducted())) {
      return false;
    }
    Map<Long, BigDecimal> claims =
        now.items().stream().collect(Collectors.toMap(Invoice::id, i -> i.claimed().amount()));
    return store.claimsOf(letter.id()).entrySet().stream()
        .allMatch(
            said -> {
              BigDecimal claimed = claims.get(said.getKey());
              return claimed != null && claimed.compareTo(said.getValue()) == 0;
            });
  }

  /**
   * A person posted it. Told twice, it is told once.
   *
   * @param words what the person noted; may be empty
   */
  @Transactional
  public void posted(long payerId, String words) {
    balances.lock(List.of(payerId));
    NoticeStore.Kept letter = store.letterToPost(payerId).orElse(null);
    if (letter != null) {
      settlePosted(letter, words);
      requests.wakeLettersLeft(payerId, letter.id());
    }
  }

  private void settlePosted(NoticeStore.Kept letter, String words) {
    store.settle(letter.id(), "sent", clock.instant(), null);
    store.carriedBy(letter.id(), PostalAddresses.CARRIER);
    requests
        .preparedFor(letter.id())
        .forEach(r -> requests.close(r.id(), "sent", letter.id(), null));
    events.publishEvent(
        new NoticeSent(
            letter.id(),
            letter.payerId(),
            Channel.LETTER,
            store.invoicesOf(letter.id()),
            letter.tone(),
            letter.recipient(),
            letter.subject() + words));
  }

  /**
   * It is not posted; what it was to answer waits again, and wakes the payer's letter.
   *
   * @param reason in words
   */
  @Transactional
  public void takeBack(long payerId, String reason) {
    balances.lock(List.of(payerId));
    store.letterToPost(payerId).ifPresent(letter -> takeBack(letter, reason));
  }

  private void takeBack(NoticeStore.Kept letter, String reason) {
    Optional<String> provider = store.withProvider(letter.id());
    if (provider.isEmpty()) {
      store.settle(letter.id(), "failed", null, reason);
      requests.waitAgain(letter.payerId(), requests.preparedFor(letter.id()), letter.id());
    } else if (provider.get().equals("submitted")) {
      settlePosted(letter, " (with the provider)"); // it is on its way, whatever it says
    } else {
      settleUnknown(letter);
    }
  }

  private void settleUnknown(NoticeStore.Kept letter) {
    String why = "nobody knows whether the provider has it";
    store.settle(letter.id(), "unknown", null, why);
    requests
        .preparedFor(letter.id())
        .forEach(r -> requests.close(r.id(), "unknown", letter.id(), null));
    events.publishEvent(
        new NoticeNotSent(
            "letter-" + letter.id(),
            letter.payerId(),
            store.invoicesOf(letter.id()),
            "It is not known whether the letter left: " + why,
            false));
  }
}
