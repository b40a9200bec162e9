package io.relance.casework.calls;

import io.relance.kernel.Actor;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactLog;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Calls that were made: one that nobody answered counts, too; what was not done does not. */
@Component
public class CallLog implements ContactLog {

  private final CallFacts facts;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  CallLog(CallFacts facts, JdbcTemplate jdbc, InstantSource clock) {
    this.facts = facts;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A person spoke with the payer for another reason than a call that was asked for; once. */
  public void note(
      long payerId,
      long elementInstanceKey,
      String outcome,
      @Nullable String reason,
      @Nullable String note,
      Actor actor) {
    jdbc.update(
        """
        INSERT IGNORE INTO payer_call (payer_id, element_instance_key, outcome, nonpayment_reason, note, actor, called_at, open_attempt)
        VALUES (?,?,?,?,?,?,?,FALSE)
        """,
        payerId,
        elementInstanceKey,
        outcome,
        Sql.fit(reason, 40),
        Sql.fit(note, 800),
        actor.name(),
        Sql.timestamp(clock.instant()));
  }

  @Override
  public List<Contact.Made> since(long payerId, LocalDate day) {
    BusinessCalendar calendar = facts.calendarOf(payerId);
    return jdbc.query(
        "SELECT called_at FROM payer_call WHERE payer_id = ? AND called_at >= ? AND outcome <> 'skipped'",
        (rs, n) ->
            new Contact.Made(
                Channel.CALL.word(),
                calendar.dateOf(Sql.requiredInstant(rs, "called_at")).toString()),
        payerId,
        Sql.timestamp(day.atStartOfDay(calendar.zone()).toInstant()));
  }
}
