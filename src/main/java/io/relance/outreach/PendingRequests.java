package io.relance.outreach;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Sql;
import io.relance.ledger.PayerMerge;
import io.relance.outreach.permission.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Requests that wait for a message or a letter that answers them, and what becomes of them. */
@Component
public class PendingRequests {

  private static final Logger log = LoggerFactory.getLogger(PendingRequests.class);

  /**
   * @param planId of a word about a payment plan; null for a reminder
   * @param prepared whether a letter that is to answer it waits to be posted
   * @param byPerson whether no step of the strategy asked for it
   */
  record Pending(
      long id,
      long invoiceId,
      Channel channel,
      Tone tone,
      @Nullable Long planId,
      boolean prepared,
      boolean byPerson,
      Instant requestedAt) {

    /**
     * A word about a plan answers what was asked about that plan; a reminder what it lists; thanks
     * only thanks.
     */
    boolean isAnsweredBy(Tone said, @Nullable Long ofPlan, List<Long> listed) {
      if (ofPlan != null) {
        return ofPlan.equals(planId);
      }
      boolean alike =
          tone == Tone.THANKS || said == Tone.THANKS ? tone == said : tone.compareTo(said) <= 0;
      return planId == null && listed.contains(invoiceId) && alike;
    }

    /** Whether a process of letters answers it, rather than one of messages. */
    boolean byLetter() {
      return channel == Channel.LETTER;
    }
  }

  private final JdbcTemplate jdbc;
  private final EngineOutbox engine;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;
  private final OutreachSettings settings;

  PendingRequests(
      JdbcTemplate jdbc,
      EngineOutbox engine,
      ApplicationEventPublisher events,
      InstantSource clock,
      OutreachSettings settings) {
    this.jdbc = jdbc;
    this.engine = engine;
    this.events = events;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Requests of this payer that no message has answered. To be called with the payer locked.
   *
   * @param byLetter those that a letter is to answer, instead of the others
   */
  List<Pending> waiting(long payerId, boolean byLetter) {
    return query("payer_id = ? AND state = 'requested' ORDER BY id", payerId).stream()
        .filter(r -> r.byLetter() == byLetter)
        .toList();
  }

  /** Those of an invoice that nothing has answered yet, or that a letter not posted yet will. */
  List<Pending> unansweredOf(long invoiceId) {
    return query("invoice_id = ? AND state IN ('requested','prepared')", invoiceId);
  }

  /** Requests that this letter, which is not posted yet, is to answer. */
  List<Pending> preparedFor(long noticeId) {
    return query("notice_id = ? AND state = 'prepared' ORDER BY id", noticeId);
  }

  /** By which channel the requests go that a message is to answer: by that of the firmest. */
  static Channel channelOf(List<Pending> waiting) {
    return waiting.stream()
        .max(Comparator.comparing(Pending::tone).thenComparing(r -> -r.channel().ordinal()))
        .orElseThrow()
        .channel();
  }

  private List<Pending> query(String where, long id) {
    return jdbc.query(
        "SELECT id, invoice_id, channel, tone, plan_id, state, source, requested_at FROM notice_request WHERE "
            + where,
        (rs, n) ->
            new Pending(
                rs.getLong(1),
                rs.getLong(2),
                Channel.of(rs.getString(3)),
                Tone.of(rs.getString(4)),
                Sql.number(rs, "plan_id"),
                rs.getString("state").equals("prepared"),
                rs.getString("source").startsWith(PersonalReminders.SOURCE),
                Sql.requiredInstant(rs, "requested_at")),
        id);
  }

  void plan(List<Pending> waiting, Instant sendAt) {
    Sql.updateAll(
        jdbc,
        "UPDATE notice_request SET planned_for = ?",
        List.of(Sql.timestamp(sendAt)),
        waiting.stream().map(Pending::id).toList());
  }

  void close(long requestId, String state, @Nullable Long noticeId, @Nullable String reason) {
    jdbc.update(
        "UPDATE notice_request SET state = ?, notice_id = ?, reason = ? WHERE id = ?",
        state,
        noticeId,
        Sql.fit(reason, 200),
        requestId);
  }

  /** The message that answered these did not arrive. */
  void failed(long noticeId) {
    jdbc.update(
        "UPDATE notice_request SET state = 'failed' WHERE notice_id = ? AND state IN ('sent','unknown')",
        noticeId);
  }

  void drop(long payerId, Pending request, String reason) {
    close(request.id(), "dropped", null, reason);
    events.publishEvent(
        new NoticeNotSent(
            "notice-request-" + request.id(),
            payerId,
            List.of(request.invoiceId()),
            reason,
            false));
  }

  /** What stands against it may end: whoever asked is told that it did not happen. */
  void dropObsolete(long payerId, Pending request, String reason) {
    drop(payerId, request, reason);
    if (request.planId() == null && request.tone().isReminder() && !request.byPerson()) {
      events.publishEvent(new RequestDropped(request.invoiceId(), request.requestedAt()));
    }
  }

  /** A letter that is written, and not posted, is to answer these. */
  void prepared(List<Pending> answered, long noticeId) {
    Sql.updateAll(
        jdbc,
        "UPDATE notice_request SET state = 'prepared', notice_id = ?",
        List.of(noticeId),
        answered.stream().map(Pending::id).toList());
  }

  /** A letter is posted; what it did not answer is to be written, too. */
  void wakeLettersLeft(long payerId, long noticeId) {
    if (!waiting(payerId, true).isEmpty()) {
      wake(payerId, true, "letter-after-" + noticeId);
    }
  }

  /** The letter that was to answer these is not posted: they wait again. */
  void waitAgain(long payerId, List<Pending> answered, long noticeId) {
    Sql.updateAll(
        jdbc,
        "UPDATE notice_request SET state = 'requested', notice_id = NULL",
        List.of(),
        answered.stream().map(Pending::id).toList());
    if (!answered.isEmpty()) {
      wake(payerId, true, "letter-again-" + noticeId);
    }
  }

  /** The payer has what another number had asked for, too; when it may go is decided anew. */
  void wakeMerged(PayerMerge merge) {
    for (boolean byLetter : new boolean[] {false, true}) {
      if (!waiting(merge.into(), byLetter).isEmpty()) {
        wake(merge.into(), byLetter, (byLetter ? "letter" : "notice") + "-merged-" + merge.from());
      }
    }
  }

  /** Wakes what answers the payer's requests, once a message id. */
  void wake(long payerId, boolean byLetter, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            byLetter ? "letter-requested" : "notice-requested",
            String.valueOf(payerId),
            messageId,
            settings.wakeUpTimeToLive(),
            "{\"payerId\":" + payerId + "}"));
  }

  /**
   * Requests whose notice should have gone an hour ago wake it again: whatever swallowed the first
   * word, none is forgotten. Where the notice is only waiting for its mail server, the engine keeps
   * the word until it is done.
   */
  @Scheduled(fixedDelayString = "${relance.outreach.sweep:60s}")
  @Transactional
  public void wakeForgotten() {
    Instant now = clock.instant();
    long hour = now.getEpochSecond() / 3600;
    jdbc.query(
        """
        SELECT DISTINCT payer_id, channel = 'letter' FROM notice_request
        WHERE state = 'requested' AND COALESCE(planned_for, requested_at) < ? LIMIT 500
        """,
        rs -> {
          log.info("Waking the notice of payer {} again", rs.getLong(1));
          String words = rs.getBoolean(2) ? "letter-again-" : "notice-again-";
          wake(rs.getLong(1), rs.getBoolean(2), words + rs.getLong(1) + "-" + hour);
        },
        Sql.timestamp(now.minus(Duration.ofHours(1))));
  }
}
