package io.relance.outreach;

import io.relance.kernel.Actor;
import io.relance.kernel.AdjustableClock;
import io.relance.ledger.Balances;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.OptOuts;
import io.relance.outreach.permission.Reachability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends a payer's notice, once.
 *
 * <p>First a row "planned" with the Message-ID is committed; then, in a second transaction that
 * holds the payer's lock, the facts are read again, the row is marked "sending" and committed
 * apart, and the message goes out. A payment waits for that lock, so it is either seen or comes
 * after the message. A crash that leaves "planned" left nothing out; after one that leaves
 * "sending" the next try asks the other side whether it has the message, and where nobody can tell,
 * the notice becomes "unknown" and is never sent again by itself.
 */
@Component
class NoticeSender {

  private static final Logger log = LoggerFactory.getLogger(NoticeSender.class);
  private static final int TRIES_MAX = 3;

  private final PendingRequests requests;
  private final NoticeFacts facts;
  private final NoticeStore store;
  private final SaidAlready saidAlready;
  private final NoticeTemplates templates;
  private final NoticeContents contents;
  private final ContactPermissions permissions;
  private final Carriers carriers;
  private final Reachability reachability;
  private final Deliveries deliveries;
  private final OptOuts optOuts;
  private final SharedNumbers sharedNumbers;
  private final Balances balances;
  private final TransactionTemplate transactions;
  private final TransactionTemplate apart;
  private final ApplicationEventPublisher events;
  private final AdjustableClock clock;

  NoticeSender(
      PendingRequests requests,
      NoticeFacts facts,
      NoticeStore store,
      SaidAlready saidAlready,
      NoticeTemplates templates,
      NoticeContents contents,
      ContactPermissions permissions,
      Carriers carriers,
      Reachability reachability,
      Deliveries deliveries,
      OptOuts optOuts,
      SharedNumbers sharedNumbers,
      Balances balances,
      TransactionTemplate transactions,
      ApplicationEventPublisher events,
      AdjustableClock clock) {
    this.requests = requests;
    this.facts = facts;
    this.store = store;
    this.saidAlready = saidAlready;
    this.templates = templates;
    this.contents = contents;
    this.permissions = permissions;
    this.carriers = carriers;
    this.reachability = reachability;
    this.deliveries = deliveries;
    this.optOuts = optOuts;
    this.sharedNumbers = sharedNumbers;
    this.balances = balances;
    this.transactions = transactions;
    this.apart =
        new TransactionTemplate(
            Objects.requireNonNull(transactions.getTransactionManager()),
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    this.events = events;
    this.clock = clock;
  }

  /** Sends what is asked for; true if more is asked for than could be sent now. */
  boolean send(long payerId) {
    for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
      recoverLeft(payerId);
      Optional<NoticeStore.Kept> prepared = prepare(payerId);
      if (prepared.isEmpty() || deliver(payerId, prepared.get())) {
        break;
      }
    }
    return !requests.waiting(payerId, false).isEmpty();
  }

  /** Committed apart: whatever fails after it, what was found out stays known. */
  private void recoverLeft(long payerId) {
    if (store.underWayOf(payerId).isPresent()) {
      locked(payerId, () -> store.underWayOf(payerId).ifPresent(this::recover));
    }
  }

  /** A notice that a crash left between its two transactions. */
  private void recover(NoticeStore.Kept left) {
    Optional<Carrier.Taken> taken = wasTaken(left);
    log.info("Notice {} was interrupted; taken by the other side: {}", left.id(), taken);
    if (taken.isEmpty()) {
      unknown(left, "the application died while it was being sent");
    } else if (taken.get().taken()) {
      sent(left, taken.get().providerId());
    } else {
      store.remove(left.id());
    }
  }

  private Optional<Carrier.Taken> wasTaken(NoticeStore.Kept left) {
    if (left.state().equals("planned")) {
      return Optional.of(Carrier.Taken.no()); // the other side was not contacted yet
    }
    Carrier carrier = carriers.of(left.channel());
    return carrier.word().equals(left.carrier())
        ? carrier.wasTaken(left, clock.instant())
        : Optional.empty(); // who was contacted is not set up any more
  }

  private Optional<NoticeStore.Kept> prepare(long payerId) {
    try {
      return Objects.requireNonNull(transactions.execute(status -> prepareLocked(payerId)));
    } catch (DuplicateKeyException otherNoticeToday) {
      return Optional.empty();
    }
  }

  private Optional<NoticeStore.Kept> prepareLocked(long payerId) {
    balances.lock(List.of(payerId));
    if (store.underWayOf(payerId).isPresent()) {
      return Optional.empty(); // another one has just prepared it
    }
    List<PendingRequests.Pending> pending = requests.waiting(payerId, false);
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Channel channel = PendingRequests.channelOf(pending);
    sharedNumbers.heed(payerId, channel);
    if (!permissions.decide(payerId, channel, false, now).allows()) {
      return Optional.empty();
    }
    NoticeFacts.Facts known = facts.read(payerId, now);
    if (store.ofDay(payerId, known.day()).isPresent()) {
      return Optional.empty(); // when the next one goes is planned anew
    }
    List<PendingRequests.Pending> valid =
        dropObsolete(known, saidAlready.byStatement(payerId, known.day(), pending));
    String address = carriers.addressOf(known.payer(), channel);
    if (valid.isEmpty() || address == null) {
      valid.forEach(r -> requests.drop(payerId, r, "no address for " + channel.word()));
      return Optional.empty();
    }
    Notice notice = contents.first(known, valid, channel, address);
    String messageId = "<notice." + UUID.randomUUID() + "@" + known.creditor().senderDomain() + ">";
    store.add(notice, templates.render(notice), messageId, now);
    return store.underWayOf(payerId);
  }

  private List<PendingRequests.Pending> dropObsolete(
      NoticeFacts.Facts known, List<PendingRequests.Pending> pending) {
    Map<PendingRequests.Pending, String> obsolete = contents.obsolete(known, pending);
    obsolete.forEach(
        (request, reason) -> requests.dropObsolete(known.payer().id(), request, reason));
    return pending.stream().filter(r -> !obsolete.containsKey(r)).toList();
  }

  /**
   * True when there is nothing more to do about this notice now; false if the facts changed and it
   * must be made anew.
   */
  private boolean deliver(long payerId, NoticeStore.Kept notice) {
    try {
      return Boolean.TRUE.equals(transactions.execute(status -> deliverLocked(payerId, notice)));
    } catch (Carrier.Refused refused) {
      locked(payerId, () -> refused(notice, refused));
      return true;
    } catch (Carrier.Unknown lost) {
      locked(payerId, () -> unknown(notice, String.valueOf(lost.getMessage())));
      return true;
    } catch (Carrier.Away away) {
      locked(payerId, () -> removeUnlessSettled(payerId, notice));
      throw away;
    }
  }

  /** The job may have been given out again meanwhile, and the other one knows more. */
  private void removeUnlessSettled(long payerId, NoticeStore.Kept notice) {
    store
        .underWayOf(payerId)
        .filter(left -> left.id() == notice.id())
        .ifPresent(left -> store.remove(left.id()));
  }

  /** Who asks meanwhile sees all requests open, and is seen by us, or none, and wakes us. */
  private void locked(long payerId, Runnable closing) {
    transactions.executeWithoutResult(
        status -> {
          balances.lock(List.of(payerId));
          closing.run();
        });
  }

  private boolean deliverLocked(long payerId, NoticeStore.Kept notice) {
    balances.lock(List.of(payerId));
    if (store.underWayOf(payerId).filter(s -> s.id() == notice.id()).isEmpty()) {
      return false; // the job was given out again, and the other one has dealt with this notice
    }
    Instant now = clock.instant();
    NoticeFacts.Facts known = facts.read(payerId, now);
    Carrier carrier = carriers.of(notice.channel());
    String address = carrier.addressOf(known.payer());
    // they may have said stop since it was written
    boolean wanted = reachability.wanted(payerId).contains(notice.channel());
    boolean same =
        wanted
            && address != null
            && contents
                .of(
                    known,
                    requests.waiting(payerId, false),
                    notice.tone(),
                    notice.planId(),
                    notice.channel(),
                    address)
                .filter(n -> n.factsHash().equals(notice.factsHash()))
                .isPresent();
    if (!same) {
      store.remove(notice.id());
      return false;
    }
    String providerId =
        carrier.send(known.creditor(), notice, now, () -> markSending(notice.id(), carrier.word()));
    sent(notice, providerId);
    return true;
  }

  /** Committed at once, while the payer is still locked: a crash from here on leaves a doubt. */
  private void markSending(long noticeId, String carrier) {
    apart.executeWithoutResult(
        status -> store.markSending(noticeId, carrier, clock.systemInstant()));
  }

  private void sent(NoticeStore.Kept notice, @Nullable String providerId) {
    store.settle(notice.id(), "sent", clock.instant(), null);
    if (providerId != null) {
      store.nameByProvider(notice.id(), providerId);
    }
    List<Long> invoices = answer(notice, "sent");
    events.publishEvent(
        new NoticeSent(
            notice.id(),
            notice.payerId(),
            notice.channel(),
            invoices,
            notice.tone(),
            notice.recipient(),
            notice.subject()));
    if (providerId != null) {
      deliveries.named(notice.id(), providerId);
    }
  }

  private void refused(NoticeStore.Kept notice, Carrier.Refused refused) {
    String reason = String.valueOf(refused.getMessage());
    if (refused instanceof Carrier.OptedOut) {
      optOuts.add(notice.payerId(), notice.channel(), reason, Actor.system("outreach"));
    }
    store.settle(notice.id(), "failed", null, reason);
    events.publishEvent(
        new NoticeNotSent(
            "notice-" + notice.id(),
            notice.payerId(),
            answer(notice, "failed"),
            reason,
            !(refused instanceof Carrier.Unsendable)));
  }

  private void unknown(NoticeStore.Kept notice, String reason) {
    store.settle(notice.id(), "unknown", null, reason);
    events.publishEvent(
        new NoticeNotSent(
            "notice-" + notice.id(),
            notice.payerId(),
            answer(notice, "unknown"),
            "It is not known whether the notice left: " + reason,
            false));
  }

  /** Closes the requests that the notice answers, and returns its invoices. */
  private List<Long> answer(NoticeStore.Kept notice, String state) {
    List<Long> invoices = store.invoicesOf(notice.id());
    requests.waiting(notice.payerId(), false).stream()
        .filter(r -> r.isAnsweredBy(notice.tone(), notice.planId(), invoices))
        .forEach(r -> requests.close(r.id(), state, notice.id(), null));
    return invoices;
  }
}
