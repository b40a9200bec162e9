package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.Permission;
import io.relance.outreach.permission.Reachability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the invoices' processes ask for: a reminder of an invoice in a tone. One payer's requests
 * become one notice.
 */
@Component
public class NoticeRequests {

  private static final Duration SAME_WITHIN = Duration.ofHours(12);

  /** How a request was answered. */
  public enum Outcome {
    REQUESTED,
    NO_ADDRESS
  }

  private final JdbcTemplate jdbc;
  private final ContactPermissions permissions;
  private final Reachability reachability;
  private final WorkingChannels working;
  private final Balances balances;
  private final PendingRequests pending;
  private final InstantSource clock;

  NoticeRequests(
      JdbcTemplate jdbc,
      ContactPermissions permissions,
      Reachability reachability,
      WorkingChannels working,
      Balances balances,
      PendingRequests pending,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.permissions = permissions;
    this.reachability = reachability;
    this.working = working;
    this.balances = balances;
    this.pending = pending;
    this.clock = clock;
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
    boolean first = pending.waiting(payerId, byLetter).isEmpty();
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
      pending.wake(payerId, byLetter, "notice-" + source);
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
    List<PendingRequests.Pending> waiting =
        pending.unansweredOf(invoiceId).stream()
            .filter(r -> Objects.equals(r.planId(), planId))
            .filter(r -> byLetter || !r.prepared())
            .toList();
    for (PendingRequests.Pending request : waiting) {
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

  /**
   * Takes back what waits to be written to a payer. To be called with the payer locked.
   *
   * @param byLetter what a letter is to answer, instead of the rest
   * @return the invoices that were to be reminded of, and since when
   */
  public Map<Long, Instant> takeBack(long payerId, boolean byLetter, String reason) {
    List<PendingRequests.Pending> taken = pending.waiting(payerId, byLetter);
    taken.forEach(request -> pending.drop(payerId, request, reason));
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
    List<PendingRequests.Pending> waiting = pending.waiting(payerId, false);
    Sql.updateAll(
        jdbc,
        "UPDATE notice_request SET channel = ?",
        List.of(channel.word()),
        waiting.stream().map(PendingRequests.Pending::id).toList());
    if (!waiting.isEmpty()) {
      pending.wake(
          payerId, channel == Channel.LETTER, "notice-by-" + channel.word() + elementInstanceKey);
    }
  }
}
