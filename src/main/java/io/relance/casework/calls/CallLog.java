package io.relance.casework.calls;

import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactLog;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Calls that were made: one that nobody answered counts, too. */
@Component
class CallLog implements ContactLog {

  private final CallFacts facts;
  private final JdbcTemplate jdbc;

  CallLog(CallFacts facts, JdbcTemplate jdbc) {
    this.facts = facts;
    this.jdbc = jdbc;
  }

  @Override
  public List<Contact.Made> since(long payerId, LocalDate day) {
    BusinessCalendar calendar = facts.calendarOf(payerId);
    return jdbc.query(
        "SELECT called_at FROM payer_call WHERE payer_id = ? AND called_at >= ?",
        (rs, n) ->
            new Contact.Made(
                Channel.CALL.word(),
                calendar.dateOf(Sql.requiredInstant(rs, "called_at")).toString()),
        payerId,
        Sql.timestamp(day.atStartOfDay(calendar.zone()).toInstant()));
  }
}
