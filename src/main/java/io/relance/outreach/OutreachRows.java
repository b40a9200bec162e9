package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.ledger.Payer;
import io.relance.ledger.PayerErasure;
import io.relance.ledger.PayerMerge;
import io.relance.ledger.PayerRows;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.OptOuts;
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
  private final Payers payers;
  private final OptOuts optOuts;
  private final Carriers carriers;

  OutreachRows(
      JdbcTemplate jdbc,
      Letters letters,
      NoticeStore store,
      PendingRequests requests,
      Payers payers,
      OptOuts optOuts,
      Carriers carriers) {
    this.payers = payers;
    this.optOuts = optOuts;
    this.carriers = carriers;
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

  /** That, when and by which channel they were written to stays; addresses and words do not. */
  @Override
  public void erase(PayerErasure erasure) {
    erasure.payerIds().forEach(this::keepWishes);
    dropWaiting(erasure);
    String notices = " x JOIN notice n ON n.id = x.notice_id ";
    for (String sql :
        List.of(
            "DELETE x FROM notice_document" + notices + "WHERE n.payer_id = ?",
            "DELETE x FROM letter_pdf" + notices + "WHERE n.payer_id = ?",
            "DELETE w FROM delivery_word w JOIN notice n ON n.provider_id = w.provider_id WHERE n.payer_id = ?",
            "UPDATE print_batch_item" + notices + "SET x.note = NULL WHERE n.payer_id = ?",
            "UPDATE postal_submission"
                + notices
                + "SET x.note = NULL, x.provider_id = NULL WHERE n.payer_id = ?",
            "UPDATE notice SET recipient = '', subject = 'erased', body_text = 'erased', body_html = 'erased', error = NULL,"
                + " payment_code = NULL, provider_id = NULL WHERE payer_id = ?",
            "UPDATE notice_request SET reason = NULL WHERE payer_id = ?",
            // the fingerprint still keeps the same message from being filed once more
            "UPDATE inbound_message SET source = CONCAT('erased-', SHA2(source, 256)), sender = '', subject = NULL, body = 'erased',"
                + " attachments = NULL WHERE payer_id = ? AND source NOT LIKE 'erased-%'",
            "UPDATE phone_call SET payer_number = '', words = NULL, error = NULL, provider_id = NULL WHERE payer_id = ?",
            "UPDATE contact_opt_out SET reason = NULL WHERE payer_id = ?",
            "DELETE FROM contact_opt_in WHERE payer_id = ?")) {
      erasure.each(jdbc, sql);
    }
  }

  /**
   * Of who wants no messages at their number a fingerprint stays, so that none goes there again.
   */
  private void keepWishes(long payerId) {
    Payer payer = payers.findById(payerId).orElseThrow();
    for (OptOuts.OptOut wish : optOuts.of(payerId)) {
      if (wish.channel() == Channel.SMS || wish.channel() == Channel.WHATSAPP) {
        String number = carriers.addressOf(payer, wish.channel());
        if (number != null) {
          keepWish(wish, number);
        }
        jdbc.queryForList(
                "SELECT DISTINCT recipient FROM notice WHERE payer_id = ? AND channel = ? AND recipient <> ''",
                String.class,
                payerId,
                wish.channel().word())
            .forEach(former -> keepWish(wish, former));
      }
    }
  }

  private void keepWish(OptOuts.OptOut wish, String number) {
    jdbc.update(
        "INSERT IGNORE INTO erased_opt_out (channel, address_hash, since) VALUES (?,?,?)",
        wish.channel().word(),
        SharedNumbers.fingerprint(wish.channel(), number),
        Sql.timestamp(wish.since()));
  }

  @Override
  public List<String> addresses(long payerId) {
    return jdbc.queryForList(
        """
        SELECT recipient FROM notice WHERE payer_id = ? AND channel <> 'letter'
        UNION SELECT sender FROM inbound_message WHERE payer_id = ? AND kind <> 'bounce'
        UNION SELECT payer_number FROM phone_call WHERE payer_id = ?
        """,
        String.class,
        payerId,
        payerId,
        payerId);
  }

  private void dropWaiting(PayerErasure erasure) {
    erasure.payerIds().forEach(this::takeBackPlanned);
    erasure.each(
        jdbc, "UPDATE notice SET state = 'failed' WHERE state = 'prepared' AND payer_id = ?");
    erasure.each(
        jdbc,
        "UPDATE notice_request SET state = 'dropped' WHERE state IN ('requested','prepared') AND payer_id = ?");
  }
}
