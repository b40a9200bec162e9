package io.relance.outreach;

import io.relance.ledger.Balances;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is said later of messages that left: by a provider's callback or a bounce. Such words come
 * twice, late and in any order; a message that is delivered, or failed, stays so.
 */
@Component
public class Deliveries {

  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  /** What became of a word. */
  public enum Outcome {
    DONE,
    /** It says nothing new, or less than is known. */
    KNOWN,
    /** No message of ours has this name. */
    NO_SUCH_MESSAGE
  }

  private static final Duration WORDS_KEPT = Duration.ofDays(7);

  private final NoticeStore store;
  private final EarlyWords early;
  private final PendingRequests requests;
  private final Balances balances;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  Deliveries(
      NoticeStore store,
      EarlyWords early,
      PendingRequests requests,
      Balances balances,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.store = store;
    this.early = early;
    this.requests = requests;
    this.balances = balances;
    this.events = events;
    this.clock = clock;
  }

  /** The message of ours that a provider calls so; empty if there is none. */
  public Optional<Long> ofProvider(String providerId) {
    return store.ofProvider(providerId).map(NoticeStore.Kept::id);
  }

  /**
   * A provider says what became of a message that it names; of one that is not recorded yet it is
   * kept until it is.
   *
   * @param arrived whether it reached the payer
   * @param reason why it did not, in words
   */
  @Transactional
  public Outcome heard(String providerId, boolean arrived, String reason) {
    Optional<Long> notice = ofProvider(providerId);
    if (notice.isEmpty()) {
      early.keep(providerId, arrived, reason, clock.instant());
      return Outcome.NO_SUCH_MESSAGE;
    }
    return arrived ? delivered(notice.get()) : failed(notice.get(), reason);
  }

  /** A message has got its provider's name: what was heard of it before counts now. */
  void named(long noticeId, String providerId) {
    early
        .take(providerId)
        .ifPresent(
            word -> {
              if (word.arrived()) {
                delivered(noticeId);
              } else {
                failed(noticeId, String.valueOf(word.reason()));
              }
            });
  }

  /** A word and the name may have been written at the same moment, and neither saw the other. */
  @Scheduled(fixedDelayString = "${relance.outreach.words-sweep:60s}")
  @Transactional
  public void applyEarlyWords() {
    early.found().forEach(found -> named(found.noticeId(), found.providerId()));
    early.forgetBefore(clock.instant().minus(WORDS_KEPT));
  }

  /** It reached the payer. */
  @Transactional
  public Outcome delivered(long noticeId) {
    NoticeStore.Kept notice = locked(noticeId).orElse(null);
    if (notice == null) {
      return Outcome.NO_SUCH_MESSAGE;
    }
    if (!notice.state().equals("sent") && !notice.state().equals("unknown")) {
      return Outcome.KNOWN;
    }
    store.markDelivered(noticeId, clock.instant());
    return Outcome.DONE;
  }

  /**
   * It was taken, and did not reach the payer. The payer's channel counts as one that does not
   * work, and their timeline tells it.
   *
   * @param reason in words
   */
  @Transactional
  public Outcome failed(long noticeId, String reason) {
    NoticeStore.Kept notice = locked(noticeId).orElse(null);
    if (notice == null) {
      return Outcome.NO_SUCH_MESSAGE;
    }
    if (!notice.state().equals("sent") && !notice.state().equals("unknown")) {
      return Outcome.KNOWN;
    }
    log.info("Notice {} did not arrive: {}", noticeId, reason);
    store.fail(noticeId, reason);
    requests.failed(noticeId);
    events.publishEvent(
        new NoticeNotSent(
            "notice-failed-" + noticeId,
            notice.payerId(),
            store.invoicesOf(noticeId),
            reason,
            true));
    return Outcome.DONE;
  }

  private Optional<NoticeStore.Kept> locked(long noticeId) {
    NoticeStore.Kept found = store.find(noticeId).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    balances.lock(List.of(found.payerId())); // the sender holds it until the message is recorded
    return store.find(noticeId);
  }
}
