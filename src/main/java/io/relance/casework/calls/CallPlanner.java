package io.relance.casework.calls;

import io.relance.casework.AccountOwners;
import io.relance.casework.Subjects;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactPermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says whether a payer is to be called, and the earliest moment: now; after a call that nobody
 * answered in the other half of a day; on the day that the payer asked for. Whether they may be
 * called then is for contact-permission.dmn to decide.
 */
@Component
class CallPlanner {

  private static final LocalTime NOON = LocalTime.of(13, 0);
  private static final LocalTime AFTERNOON = LocalTime.of(14, 0);
  private static final List<String> AMOUNT_BANDS = List.of("small", "standard", "large");

  /**
   * What the model knows of a call.
   *
   * @param wanted whether there is anything to call about
   * @param due whether its moment has come
   * @param attempt 1 for the first
   * @param daysOverdue of the oldest invoice
   * @param amountBand of the largest one
   * @param visit whether somebody is to go there instead
   * @param owner login of who looks after the account; empty for nobody
   */
  public record Plan(
      boolean wanted,
      boolean due,
      int attempt,
      int daysOverdue,
      String amountBand,
      boolean visit,
      String owner) {}

  /**
   * @param contact what is to be known of it; null if no call is wanted
   */
  record Planned(Plan plan, @Nullable Contact contact) {}

  static final Planned NOTHING =
      new Planned(new Plan(false, false, 0, 0, "small", false, ""), null);

  private record Attempt(String outcome, Instant at, @Nullable LocalDate callBackOn) {}

  private final CallRequests requests;
  private final CallFacts facts;
  private final AccountOwners logins;
  private final Subjects subjects;
  private final ContactPermissions permissions;
  private final Balances balances;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  CallPlanner(
      CallRequests requests,
      CallFacts facts,
      AccountOwners logins,
      Subjects subjects,
      ContactPermissions permissions,
      Balances balances,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.requests = requests;
    this.facts = facts;
    this.logins = logins;
    this.subjects = subjects;
    this.permissions = permissions;
    this.balances = balances;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Transactional
  Planned plan(long payerId, long processInstanceKey) {
    balances.lock(List.of(payerId));
    subjects.keep(processInstanceKey, payerId, null);
    if (!requests.dropNeedless(payerId)) {
      return NOTHING;
    }
    List<Invoice> invoices = facts.callableInvoices(payerId);
    Creditor creditor = facts.creditorOf(payerId);
    LocalDate today = creditor.calendar().dateOf(clock.instant());
    List<Attempt> attempts = attempts(payerId);
    Instant at = at(permissions.calendarOf(payerId), attempts);
    Plan plan =
        new Plan(
            true,
            !at.isAfter(clock.instant()),
            attempts.size() + 1,
            invoices.stream().mapToInt(i -> i.daysOverdue(today)).max().orElse(0),
            invoices.stream()
                .map(i -> creditor.amountBand(i.open()))
                .max(Comparator.comparingInt(AMOUNT_BANDS::indexOf))
                .orElse("small"),
            requests.wantsVisit(payerId),
            logins.ownerOf(facts.payerOf(payerId)));
    return new Planned(plan, permissions.contact(payerId, Channel.CALL, false, at));
  }

  /** By the payer's own days; at what hour they may be called is for the decision. */
  private Instant at(BusinessCalendar theirs, List<Attempt> attempts) {
    Instant now = clock.instant();
    if (attempts.isEmpty()) {
      return now;
    }
    Attempt last = attempts.getLast();
    if (last.callBackOn() != null) {
      LocalDate day = theirs.businessDayOnOrAfter(last.callBackOn());
      return later(theirs.opening(day), now);
    }
    return later(otherHalfDay(theirs, last.at()), now);
  }

  /** By the payer's own clock. */
  private static Instant otherHalfDay(BusinessCalendar theirs, Instant attempt) {
    LocalDate day = theirs.dateOf(attempt);
    if (attempt.atZone(theirs.zone()).toLocalTime().isBefore(NOON)) {
      return theirs.sendingTimeOnOrAfter(day.atTime(AFTERNOON).atZone(theirs.zone()).toInstant());
    }
    return theirs.opening(theirs.businessDayOnOrAfter(day.plusDays(1)));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private List<Attempt> attempts(long payerId) {
    return jdbc.query(
        "SELECT outcome, called_at, call_back_on FROM payer_call WHERE payer_id = ? AND open_attempt = TRUE ORDER BY called_at, id",
        (rs, n) ->
            new Attempt(
                rs.getString(1),
                Sql.requiredInstant(rs, "called_at"),
                Sql.date(rs, "call_back_on")),
        payerId);
  }
}
