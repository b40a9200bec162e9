package io.relance.outreach;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.Permission;
import io.relance.outreach.permission.Reachability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the invoices' processes ask for: a reminder of an invoice in a tone. One payer's requests
 * become one notice.
 */
@Component
public class NoticeRequests {

  private static final Logger log = LoggerFactory.getLogger(NoticeRequests.class);
  private static final Duration SAME_WITHIN = Duration.ofHours(12);

  /** How a request was answered. */
  public enum Outcome {
    REQUESTED,
    NO_ADDRESS
  }

  /**
   * @param planId of a word about a payment plan; null for a reminder
   * @param prepared whether a letter that is to answer it waits to be posted
   */
  record Pending(
      long id,
      long invoiceId,
      Channel channel,
      Tone tone,
      @Nullable Long planId,
      boolean prepared,
      Instant requestedAt) {

    /** A word about a plan answers what was asked about that plan; a reminder what it lists. */
    boolean isAnsweredBy(Tone said, @Nullable Long ofPlan, List<Long> listed) {
      return ofPlan != null
          ? ofPlan.equals(planId)
          : planId == null && listed.contains(invoiceId) && tone.compareTo(said) <= 0;
    }

    /** Whether a process of letters answers it, rather than one of messages. */
    boolean byLetter() {
      return channel == Channel.LETTER;
    }
  }

  private final JdbcTemplate jdbc;
  private final ContactPermissions permissions;
  private final Reachability reachability;
  private final WorkingChannels working;
  private final Balances balances;
  private final EngineOutbox engine;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;
  private final OutreachSettings settings;

  NoticeRequests(
      JdbcTemplate jdbc,
      ContactPermissions permissions,
      Reachability reachability,
      WorkingChannels working,
      Balances balances,
      EngineOutbox engine,
      ApplicationEventPublisher events,
      InstantSource clock,
      OutreachSettings settings) {
    this.jdbc = jdbc;
    this.permissions = permissions;
    this.reachability = reachability;
    this.working = working;
    this.balances = balances;
    this.engine = engine;
    this.events = events;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Keeps a request, once an activity of a process, and wakes what answers the payer's requests if
   * nobody did yet.
   *
   * <p>An engine that died may ask once more with another key for what it forgot to have asked:
   * what is asked for already, or was answered in this tone within half a day, is the same request.
   *
   * @param source what asks; the same source asks once
   * @param channel by which it is wanted, or null for the one that works best with the payer;
   *     contact-permission.dmn names another one where the payer has no address there
   */
  @Transactional
  public Outcome request(
      long payerId, long invoiceId, @Nullable Channel channel, Tone tone, String source) {
    return request(payerId, invoiceId, channel, tone, source, clock.instant());
  }

  /**
   * The same in place of something else that was asked for.
   *
   * @param since when that was
   */
  @Transactional
  public Outcome request(
      long payerId,
      long invoiceId,
      @Nullable Channel channel,
      Tone tone,
      String source,
      Instant since) {
    if (tone == Tone.PLAN || tone == Tone.FORMAL) {
      throw new IllegalArgumentException(
          "A reminder is courteous, firm or final, not "
              + tone.word()
              + ": plans and handovers have processes of their own");
    }
    return keep(payerId, invoiceId, channel, tone, null, source, since);
  }

  /**
   * Keeps a request to write of a payment plan: what is agreed, or that an instalment is late.
   *
   * @param invoiceId one of the plan's
   */
  @Transactional
  public Outcome requestOfPlan(long payerId, long planId, long invoiceId, String source) {
    return keep(payerId, invoiceId, null, Tone.PLAN, planId, source, clock.instant());
  }

  private Outcome keep(
      long payerId,
      long invoiceId,
      @Nullable Channel asked,
      Tone tone,
      @Nullable Long planId,
      String source,
      Instant since) {
    Channel channel = asked == null ? working.best(payerId) : usable(payerId, asked);
    if (channel == null) {
      return Outcome.NO_ADDRESS;
    }
    balances.lock(List.of(payerId));
    boolean byLetter = channel == Channel.LETTER;
    if (isAsked(invoiceId, byLetter, tone, planId)) {
      return Outcome.REQUESTED;
    }
    boolean first = waiting(payerId, byLetter).isEmpty();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO notice_request (payer_id, invoice_id, channel, tone, plan_id, source, state, requested_at)
            VALUES (?,?,?,?,?,?,'requested',?)
            """,
            payerId,
            invoiceId,
            channel.word(),
            tone.word(),
            planId,
            source,
            Sql.timestamp(since));
    if (added > 0 && first) {
      wake(payerId, byLetter, "notice-" + source);
    }
    return Outcome.REQUESTED;
  }

  /** The channel that is asked for, or the written one that the decision names in its place. */
  private @Nullable Channel usable(long payerId, Channel asked) {
    if (reachability.wanted(payerId).contains(asked)) {
      return asked;
    }
    Permission permission = permissions.decide(payerId, asked, false, clock.instant());
    return permission.otherWritten();
  }

  /**
   * To be called with the payer locked. A firmer word on a request that waits raises it, and it
   * counts as asked for now. A letter that waits to be posted answers what is to go by letter only.
   */
  private boolean isAsked(long invoiceId, boolean byLetter, Tone tone, @Nullable Long planId) {
    List<Pending> waiting =
        query("invoice_id = ? AND state IN ('requested','prepared')", invoiceId).stream()
            .filter(r -> Objects.equals(r.planId(), planId))
            .filter(r -> byLetter || !r.prepared())
            .toList();
    for (Pending request : waiting) {
      if (tone.compareTo(request.tone()) > 0) {
        jdbc.update(
            "UPDATE notice_request SET tone = ?, requested_at = ? WHERE id = ?",
            tone.word(),
            Sql.timestamp(clock.instant()),
            request.id());
      }
    }
    if (!waiting.isEmpty()) {
      return true;
    }
    Long answered =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM notice_request WHERE invoice_id = ? AND tone = ? AND COALESCE(plan_id, 0) = ?"
                + " AND state IN ('sent','unknown') AND requested_at > ?",
            Long.class,
            invoiceId,
            tone.word(),
            planId == null ? 0 : planId,
            Sql.timestamp(clock.instant().minus(SAME_WITHIN)));
    return answered != null && answered > 0;
  }

  private void wake(long payerId, boolean byLetter, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            byLetter ? "letter-requested" : "notice-requested",
            String.valueOf(payerId),
            messageId,
            settings.wakeUpTimeToLive(),
            "{\"payerId\":" + payerId + "}"));
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
        "SELECT id, invoice_id, channel, tone, plan_id, state, requested_at FROM notice_request WHERE "
            + where,
        (rs, n) ->
            new Pending(
                rs.getLong(1),
                rs.getLong(2),
                Channel.of(rs.getString(3)),
                Tone.of(rs.getString(4)),
                Sql.number(rs, "plan_id"),
                rs.getString("state").equals("prepared"),
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
    if (request.planId() == null && request.tone().isReminder()) {
      events.publishEvent(new RequestDropped(request.invoiceId(), request.requestedAt()));
    }
  }

  /**
   * Takes back what waits to be written to a payer. To be called with the payer locked.
   *
   * @param byLetter what a letter is to answer, instead of the rest
   * @return the invoices that were to be reminded of, and since when
   */
  public Map<Long, Instant> takeBack(long payerId, boolean byLetter, String reason) {
    List<Pending> taken = waiting(payerId, byLetter);
    taken.forEach(request -> drop(payerId, request, reason));
    Map<Long, Instant> invoices = new LinkedHashMap<>();
    taken.stream()
        .filter(r -> r.planId() == null)
        .forEach(r -> invoices.putIfAbsent(r.invoiceId(), r.requestedAt()));
    return invoices;
  }

  /**
   * Has what waits to be written to a payer written by another channel, which
   * contact-permission.dmn named. Their present process of messages ends, and what answers that
   * channel is woken.
   */
  @Transactional
  public void changeChannel(long payerId, Channel channel, long elementInstanceKey) {
    balances.lock(List.of(payerId));
    List<Pending> waiting = waiting(payerId, false);
    Sql.updateAll(
        jdbc,
        "UPDATE notice_request SET channel = ?",
        List.of(channel.word()),
        waiting.stream().map(Pending::id).toList());
    if (!waiting.isEmpty()) {
      wake(payerId, channel == Channel.LETTER, "notice-by-" + channel.word() + elementInstanceKey);
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
