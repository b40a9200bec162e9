package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactLog;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Messages and letters that reached a payer, or may have. */
@Component
class NoticeLog implements ContactLog {

  private final JdbcTemplate jdbc;

  NoticeLog(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Contact.Made> since(long payerId, LocalDate day) {
    return jdbc.query(
        "SELECT channel, business_date FROM notice WHERE payer_id = ? AND business_date >= ? AND state IN ('sent','delivered','unknown')",
        (rs, n) ->
            new Contact.Made(rs.getString(1), Sql.requiredDate(rs, "business_date").toString()),
        payerId,
        day);
  }
}
