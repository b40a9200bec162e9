package io.relance.casework.calls;

import io.relance.casework.PayerFactsChanged;
import io.relance.engine.EngineOutbox;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.PayerMerge;
import io.relance.outreach.RequestDropped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the invoices' processes ask for: a call, or a visit, about an invoice. One payer's requests
 * become one task, whatever the number of invoices.
 */
@Component
public class CallRequests {

  private static final Logger log = LoggerFactory.getLogger(CallRequests.class);
  private static final Duration SAME_WITHIN = Duration.ofHours(12);
  private static final Duration WAKE_UP_TIME_TO_LIVE = Duration.ofDays(2);
  private static final Duration DROP_TIME_TO_LIVE = Duration.ofHours(1);

  private final JdbcTemplate jdbc;
  private final CallFacts facts;
  private final Balances balances;
  private final EngineOutbox engine;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  CallRequests(
      JdbcTemplate jdbc,
      CallFacts facts,
      Balances balances,
      EngineOutbox engine,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.balances = balances;
    this.engine = engine;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Keeps a request, once an activity of a process, and wakes the payer's call. What was asked for
   * within half a day is the same request: an engine that died may ask again with another key. A
   * visit that is asked for makes one of a call that waits.
   *
   * @param visit whether a person is to go there
   * @param source what asks; the same source asks once
   */
  @Transactional
  public void request(long payerId, long invoiceId, boolean visit, String source) {
    request(payerId, invoiceId, visit, source, clock.instant());
  }

  /**
   * The same in place of something else that was asked for.
   *
   * @param since when that was
   */
  @Transactional
  public void request(long payerId, long invoiceId, boolean visit, String source, Instant since) {
    balances.lock(List.of(payerId));
    if (visit) {
      jdbc.update(
          "UPDATE call_request SET visit = TRUE, requested_at = ? WHERE invoice_id = ? AND state = 'requested'",
          Sql.timestamp(since),
          invoiceId);
    }
    Long asked =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM call_request WHERE invoice_id = ? AND (state = 'requested' OR (state = 'answered' AND requested_at > ?))",
            Long.class,
            invoiceId,
            Sql.timestamp(clock.instant().minus(SAME_WITHIN)));
    if (asked != null && asked > 0) {
      return;
    }
    boolean first = pending(payerId).isEmpty();
    int added =
        jdbc.update(
            "INSERT IGNORE INTO call_request (payer_id, invoice_id, visit, source, state, requested_at) VALUES (?,?,?,?,'requested',?)",
            payerId,
            invoiceId,
            visit,
            source,
            Sql.timestamp(since));
    if (added > 0 && first) {
      wake(payerId, "call-" + source);
    }
  }

  /** Invoices that a call is asked for. To be called with the payer locked. */
  List<Long> pending(long payerId) {
    return jdbc.queryForList(
        "SELECT invoice_id FROM call_request WHERE payer_id = ? AND state = 'requested' ORDER BY id",
        Long.class,
        payerId);
  }

  /** Whether somebody is to go there. */
  boolean wantsVisit(long payerId) {
    Long visits =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM call_request WHERE payer_id = ? AND state = 'requested' AND visit = TRUE",
            Long.class,
            payerId);
    return visits != null && visits > 0;
  }

  /** Since when each invoice is to be spoken about. To be called with the payer locked. */
  Map<Long, Instant> pendingSince(long payerId) {
    return since(payerId, "");
  }

  /** The same without those that somebody is to visit for. */
  Map<Long, Instant> callsSince(long payerId) {
    return since(payerId, " AND visit = FALSE");
  }

  private Map<Long, Instant> since(long payerId, String which) {
    Map<Long, Instant> since = new LinkedHashMap<>();
    jdbc.query(
        "SELECT invoice_id, requested_at FROM call_request WHERE payer_id = ? AND state = 'requested'"
            + which
            + " ORDER BY id",
        rs -> {
          since.putIfAbsent(rs.getLong(1), Sql.requiredInstant(rs, "requested_at"));
        },
        payerId);
    return since;
  }

  /** Closes all that wait, answered by a visit, or by a call, which leaves the visits. */
  void answer(long payerId, boolean visit) {
    jdbc.update(
        "UPDATE call_request SET state = 'answered', closed_at = ? WHERE payer_id = ? AND state = 'requested' AND (? OR visit = FALSE)",
        Sql.timestamp(clock.instant()),
        payerId,
        visit);
  }

  /** Leaves out what became needless; true while something is left to call about. */
  boolean dropNeedless(long payerId) {
    Map<Long, Instant> asked = pendingSince(payerId);
    List<Long> callable = asked.isEmpty() ? List.of() : facts.callable(payerId);
    for (Map.Entry<Long, Instant> request : asked.entrySet()) {
      if (!callable.contains(request.getKey())) {
        events.publishEvent(new RequestDropped(request.getKey(), request.getValue()));
        drop(payerId, request.getKey(), "nothing to call about any more");
      }
    }
    boolean wanted = asked.keySet().stream().anyMatch(callable::contains);
    if (!wanted) {
      forgetAttempts(payerId);
    }
    return wanted;
  }

  /** The next call begins with its first attempt. */
  void forgetAttempts(long payerId) {
    jdbc.update(
        "UPDATE payer_call SET open_attempt = FALSE WHERE payer_id = ? AND open_attempt = TRUE",
        payerId);
  }

  private void drop(long payerId, long invoiceId, String reason) {
    jdbc.update(
        "UPDATE call_request SET state = 'dropped', reason = ?, closed_at = ? WHERE payer_id = ? AND state = 'requested' AND invoice_id = ?",
        reason,
        Sql.timestamp(clock.instant()),
        payerId,
        invoiceId);
  }

  /** An open call that lost its last reason is taken from the work list. */
  @EventListener
  void on(PayerFactsChanged changed) {
    if (!pending(changed.payerId()).isEmpty() && !dropNeedless(changed.payerId())) {
      drop(changed.payerId());
    }
  }

  /** One payer, one call: that of the old number ends, and the survivor is called about all. */
  @EventListener
  void on(PayerMerge merge) {
    drop(merge.from());
    if (!pending(merge.into()).isEmpty()) {
      wake(merge.into(), "call-merged-" + merge.from());
    }
  }

  private void drop(long payerId) {
    engine.add(
        new EngineOutbox.Message(
            "call-dropped",
            String.valueOf(payerId),
            "call-dropped-" + payerId + "-" + UUID.randomUUID(),
            DROP_TIME_TO_LIVE,
            "{}"));
  }

  private void wake(long payerId, String messageId) {
    engine.add(
        new EngineOutbox.Message(
            "call-requested",
            String.valueOf(payerId),
            messageId,
            WAKE_UP_TIME_TO_LIVE,
            "{\"payerId\":" + payerId + "}"));
  }

  /** Requests that no call process has in hand wake it again: none is forgotten. */
  @Scheduled(
      fixedDelayString = "${relance.casework.calls-sweep:60s}",
      initialDelayString = "${relance.casework.calls-sweep:60s}")
  @Transactional
  public void wakeForgotten() {
    Instant now = clock.instant();
    List<Long> forgotten =
        jdbc.queryForList(
            """
            SELECT DISTINCT r.payer_id FROM call_request r
            WHERE r.state = 'requested' AND r.requested_at < ? AND NOT EXISTS (
              SELECT 1 FROM process_subject s JOIN engine_instance e ON e.process_instance_key = s.process_instance_key
              WHERE s.payer_id = r.payer_id AND e.bpmn_process_id = 'payer-call' AND e.state = 'active')
            LIMIT 500
            """,
            Long.class,
            Sql.timestamp(now.minus(Duration.ofHours(1))));
    long hour = now.getEpochSecond() / 3600;
    for (long payerId : forgotten) {
      log.info("Waking the call of payer {} again", payerId);
      wake(payerId, "call-again-" + payerId + "-" + hour);
    }
  }
}
