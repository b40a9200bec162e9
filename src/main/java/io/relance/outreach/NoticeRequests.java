package io.relance.outreach;

import io.relance.engine.EngineOutbox;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.OptOuts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
   */
  record Pending(long id, long invoiceId, Tone tone, @Nullable Long planId) {}

  private final JdbcTemplate jdbc;
  private final Payers payers;
  private final OptOuts optOuts;
  private final Balances balances;
  private final EngineOutbox engine;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;
  private final OutreachSettings settings;

  NoticeRequests(
      JdbcTemplate jdbc,
      Payers payers,
      OptOuts optOuts,
      Balances balances,
      EngineOutbox engine,
      ApplicationEventPublisher events,
      InstantSource clock,
      OutreachSettings settings) {
    this.jdbc = jdbc;
    this.payers = payers;
    this.optOuts = optOuts;
    this.balances = balances;
    this.engine = engine;
    this.events = events;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Keeps a request, once an activity of a process, and wakes the payer's notice if nobody did yet.
   *
   * <p>An engine that died may ask once more with another key for what it forgot to have asked:
   * what is asked for already, or was answered in this tone within half a day, is the same request.
   */
  @Transactional
  public Outcome request(long payerId, long invoiceId, Tone tone, long elementInstanceKey) {
    if (tone == Tone.PLAN || tone == Tone.FORMAL) {
      throw new IllegalArgumentException(
          "A reminder is courteous, firm or final, not "
              + tone.word()
              + ": plans and handovers have processes of their own");
    }
    return keep(payerId, invoiceId, tone, null, elementInstanceKey);
  }

  /**
   * Keeps a request to write of a payment plan: what is agreed, or that an instalment is late.
   *
   * @param invoiceId one of the plan's
   */
  @Transactional
  public Outcome requestOfPlan(long payerId, long planId, long invoiceId, long elementInstanceKey) {
    return keep(payerId, invoiceId, Tone.PLAN, planId, elementInstanceKey);
  }

  private Outcome keep(
      long payerId, long invoiceId, Tone tone, @Nullable Long planId, long elementInstanceKey) {
    Payer payer = payers.findById(payerId).orElseThrow();
    if (payer.email() == null || optOuts.has(payerId, Channel.EMAIL)) {
      return Outcome.NO_ADDRESS;
    }
    balances.lock(List.of(payerId));
    if (isAsked(invoiceId, tone, planId)) {
      return Outcome.REQUESTED;
    }
    boolean first = pending(payerId).isEmpty();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO notice_request (payer_id, invoice_id, channel, tone, plan_id, element_instance_key, state, requested_at)
            VALUES (?,?,'email',?,?,?,'requested',?)
            """,
            payerId,
            invoiceId,
            tone.word(),
            planId,
            elementInstanceKey,
            Sql.timestamp(clock.instant()));
    if (added > 0 && first) {
      wake(payerId, "notice-" + elementInstanceKey);
    }
    return Outcome.REQUESTED;
  }

  /** To be called with the payer locked. A firmer word on a request that waits raises it. */
  private boolean isAsked(long invoiceId, Tone tone, @Nullable Long planId) {
    List<Pending> waiting =
        query("invoice_id = ? AND state = 'requested'", invoiceId).stream()
            .filter(r -> Objects.equals(r.planId(), planId))
            .toList();
    for (Pending request : waiting) {
      if (tone.compareTo(request.tone()) > 0) {
        jdbc.update("UPDATE notice_request SET tone = ? WHERE id = ?", tone.word(), request.id());
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

  private void wake(long payerId, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "notice-requested",
            String.valueOf(payerId),
            messageId,
            settings.wakeUpTimeToLive(),
            "{\"payerId\":" + payerId + "}"));
  }

  /** Requests of this payer that no notice has answered. To be called with the payer locked. */
  List<Pending> pending(long payerId) {
    return query("payer_id = ? AND state = 'requested' ORDER BY id", payerId);
  }

  private List<Pending> query(String where, long id) {
    return jdbc.query(
        "SELECT id, invoice_id, tone, plan_id FROM notice_request WHERE " + where,
        (rs, n) ->
            new Pending(
                rs.getLong(1), rs.getLong(2), Tone.of(rs.getString(3)), Sql.number(rs, "plan_id")),
        id);
  }

  void plan(long payerId, Instant sendAt) {
    jdbc.update(
        "UPDATE notice_request SET planned_for = ? WHERE payer_id = ? AND state = 'requested'",
        Sql.timestamp(sendAt),
        payerId);
  }

  void close(long requestId, String state, @Nullable Long noticeId, @Nullable String reason) {
    jdbc.update(
        "UPDATE notice_request SET state = ?, notice_id = ?, reason = ? WHERE id = ?",
        state,
        noticeId,
        Sql.fit(reason, 200),
        requestId);
  }

  /**
   * Takes back all that waits to be written to a payer. To be called with the payer locked.
   *
   * @return the invoices that were to be reminded of
   */
  public List<Long> takeBack(long payerId, String reason) {
    List<Long> invoices = new ArrayList<>();
    for (Pending request : pending(payerId)) {
      close(request.id(), "dropped", null, reason);
      if (request.planId() == null) {
        invoices.add(request.invoiceId());
      }
      events.publishEvent(
          new NoticeNotSent(
              "notice-request-" + request.id(),
              payerId,
              List.of(request.invoiceId()),
              reason,
              false));
    }
    return invoices.stream().distinct().toList();
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
    List<Long> forgotten =
        jdbc.queryForList(
            """
            SELECT DISTINCT payer_id FROM notice_request
            WHERE state = 'requested' AND COALESCE(planned_for, requested_at) < ? LIMIT 500
            """,
            Long.class,
            Sql.timestamp(now.minus(Duration.ofHours(1))));
    long hour = now.getEpochSecond() / 3600;
    for (long payerId : forgotten) {
      log.info("Waking the notice of payer {} again", payerId);
      wake(payerId, "notice-again-" + payerId + "-" + hour);
    }
  }
}
