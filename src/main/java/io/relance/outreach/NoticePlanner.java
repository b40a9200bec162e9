package io.relance.outreach;

import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Balances;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactPermissions;
import io.relance.outreach.permission.Permission;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says what is to be known of a payer's next notice, so that contact-permission.dmn can decide
 * whether and when it may go: after gathering, once a day at the most.
 */
@Component
class NoticePlanner {

  private final PendingRequests requests;
  private final SaidAlready saidAlready;
  private final NoticeFacts facts;
  private final ContactPermissions permissions;
  private final Balances balances;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final OutreachSettings settings;

  NoticePlanner(
      PendingRequests requests,
      SaidAlready saidAlready,
      NoticeFacts facts,
      ContactPermissions permissions,
      Balances balances,
      JdbcTemplate jdbc,
      InstantSource clock,
      OutreachSettings settings) {
    this.requests = requests;
    this.saidAlready = saidAlready;
    this.facts = facts;
    this.permissions = permissions;
    this.balances = balances;
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
  }

  /** The contact that is wanted; null if nothing is asked for any more. */
  @Transactional
  @Nullable Contact plan(long payerId) {
    balances.lock(List.of(payerId));
    BusinessCalendar calendar = facts.creditorOf(payerId).calendar();
    Instant now = clock.instant();
    List<PendingRequests.Pending> waiting =
        saidAlready.byNoticeOf(calendar.dateOf(now), payerId, requests.waiting(payerId, false));
    if (waiting.isEmpty()) {
      return null;
    }
    Instant earliest = now.plus(settings.gather());
    LocalDate last = lastNoticeDay(payerId);
    if (last != null && !calendar.dateOf(earliest).isAfter(last)) {
      earliest = calendar.opening(calendar.businessDayOnOrAfter(last.plusDays(1)));
    }
    Contact contact =
        permissions.contact(payerId, PendingRequests.channelOf(waiting), false, earliest);
    Permission permission = permissions.decide(contact);
    requests.plan(waiting, permission.at() == null ? earliest : permission.at());
    return contact;
  }

  private @Nullable LocalDate lastNoticeDay(long payerId) {
    return jdbc.queryForObject(
        "SELECT MAX(day_taken) FROM notice WHERE payer_id = ? AND channel <> 'letter'",
        LocalDate.class,
        payerId);
  }
}
