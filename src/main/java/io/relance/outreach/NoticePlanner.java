package io.relance.outreach;

import io.relance.kernel.BusinessCalendar;
import io.relance.ledger.Balances;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides when a payer's next notice may go: after gathering, in the sending window, once a day at
 * the most.
 */
@Component
class NoticePlanner {

  private final NoticeRequests requests;
  private final NoticeFacts facts;
  private final Balances balances;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final OutreachSettings settings;

  NoticePlanner(
      NoticeRequests requests,
      NoticeFacts facts,
      Balances balances,
      JdbcTemplate jdbc,
      InstantSource clock,
      OutreachSettings settings) {
    this.requests = requests;
    this.facts = facts;
    this.balances = balances;
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
  }

  /** When to send; null if nothing is asked for any more. */
  @Transactional
  @Nullable Instant plan(long payerId) {
    balances.lock(List.of(payerId));
    if (requests.pending(payerId).isEmpty()) {
      return null;
    }
    BusinessCalendar calendar = facts.creditorOf(payerId).calendar();
    Instant now = clock.instant();
    Instant earliest = calendar.sendingTimeOnOrAfter(now.plus(settings.gather()));
    LocalDate last = lastNoticeDay(payerId);
    if (last != null && !calendar.dateOf(earliest).isAfter(last)) {
      earliest = calendar.opening(calendar.businessDayOnOrAfter(last.plusDays(1)));
    }
    requests.plan(payerId, earliest);
    return earliest;
  }

  private @Nullable LocalDate lastNoticeDay(long payerId) {
    return jdbc.queryForObject(
        "SELECT MAX(day_taken) FROM notice WHERE payer_id = ?", LocalDate.class, payerId);
  }
}
