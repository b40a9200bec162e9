package io.relance.outreach;

import io.relance.ledger.PayerMerge;
import io.relance.ledger.PayerRows;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Messages, what was asked to be written, what came in, and what payers want to hear of us by, of
 * payers who turn out to be one.
 */
@Component
class OutreachRows implements PayerRows {

  private final JdbcTemplate jdbc;
  private final Letters letters;
  private final NoticeStore store;
  private final PendingRequests requests;

  OutreachRows(JdbcTemplate jdbc, Letters letters, NoticeStore store, PendingRequests requests) {
    this.jdbc = jdbc;
    this.letters = letters;
    this.store = store;
    this.requests = requests;
  }

  @Override
  public List<String> moved() {
    return List.of("notice", "notice_request", "inbound_message", "phone_call", "contact_opt_out");
  }

  @Override
  public Map<String, String> kept() {
    return Map.of(
        "contact_opt_in",
        "a consent was given for a number: it is the survivor's, too, where they are called by the same one");
  }

  @Override
  public void prepare(PayerMerge merge) {
    letters.takeBack(merge.from(), "customer " + merge.fromNumber() + " was merged");
    takeBackPlanned(merge.from());
    jdbc.update(
        "UPDATE notice_request SET planned_for = NULL WHERE payer_id = ? AND state = 'requested'",
        merge.from());
    // both had a message that day: the survivor's stands for the day
    jdbc.update(
        "UPDATE notice o JOIN notice n ON n.payer_id = ? AND n.channel = o.channel AND n.day_taken = o.day_taken"
            + " SET o.day_taken = NULL WHERE o.payer_id = ?",
        merge.into(),
        merge.from());
    consent(merge);
  }

  /**
   * What was written and surely did not leave; what may have left is cleared up by the survivor.
   */
  private void takeBackPlanned(long payerId) {
    jdbc.queryForList(
            "SELECT id FROM notice WHERE payer_id = ? AND state = 'planned'", Long.class, payerId)
        .forEach(store::remove);
  }

  /** Who wants no more by a channel under one of the numbers gets no more. */
  private void consent(PayerMerge merge) {
    jdbc.update(
        "DELETE o FROM contact_opt_out o JOIN contact_opt_out n ON n.payer_id = ? AND n.channel = o.channel WHERE o.payer_id = ?",
        merge.into(),
        merge.from());
    jdbc.update(
        """
        INSERT IGNORE INTO contact_opt_in (payer_id, channel, actor, since)
        SELECT s.id, i.channel, i.actor, i.since FROM contact_opt_in i JOIN payer f ON f.id = i.payer_id
        JOIN payer s ON s.id = ? WHERE f.id = ? AND (s.phone IS NULL OR s.phone = f.phone)
        """,
        merge.into(),
        merge.from());
  }

  @EventListener
  void on(PayerMerge merge) {
    requests.wakeMerged(merge);
  }
}
