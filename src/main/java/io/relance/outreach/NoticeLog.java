package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactLog;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Messages that reached a payer, or may have. */
@Component
class NoticeLog implements ContactLog {

  private final JdbcTemplate jdbc;

  NoticeLog(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Contact.Made> since(long payerId, LocalDate day) {
    return jdbc.query(
        "SELECT channel, day_taken FROM notice WHERE payer_id = ? AND day_taken >= ? AND state IN ('sent','unknown')",
        (rs, n) ->
            new Contact.Made(
                rs.getString(1), Objects.requireNonNull(Sql.date(rs, "day_taken")).toString()),
        payerId,
        day);
  }
}
