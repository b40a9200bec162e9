package io.relance.outreach;

import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.OptOuts;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who answers stop answers for their number: another payer with the same number, to whom nothing
 * went there yet, is not written to either.
 */
@Component
class SharedNumbers {

  private static final Actor OUTREACH = Actor.system("outreach");

  private final Payers payers;
  private final Carriers carriers;
  private final OptOuts optOuts;
  private final JdbcTemplate jdbc;

  SharedNumbers(Payers payers, Carriers carriers, OptOuts optOuts, JdbcTemplate jdbc) {
    this.payers = payers;
    this.carriers = carriers;
    this.optOuts = optOuts;
    this.jdbc = jdbc;
  }

  /** Takes down what was said for this payer's number. To be called with the payer locked. */
  void heed(long payerId, Channel channel) {
    if (channel != Channel.SMS && channel != Channel.WHATSAPP) {
      return; // who unsubscribes from mails does it as the customer that the mail names
    }
    Payer payer = payers.findById(payerId).orElseThrow();
    String number = carriers.addressOf(payer, channel);
    if (number != null && !optOuts.has(payer.id(), channel) && isStopped(payer, channel, number)) {
      optOuts.add(payer.id(), channel, "said at the same number, " + number, OUTREACH);
    }
  }

  private boolean isStopped(Payer payer, Channel channel, String number) {
    List<Long> others =
        jdbc.queryForList(
            """
            SELECT n.payer_id FROM notice n
            JOIN contact_opt_out o ON o.payer_id = n.payer_id AND o.channel = n.channel AND o.actor = ?
            WHERE n.recipient = ? AND n.channel = ? AND n.payer_id <> ? LIMIT 1
            """,
            Long.class,
            InboundMessages.PAYER.name(),
            number,
            channel.word(),
            payer.id());
    return !others.isEmpty() || isErased(channel, number);
  }

  /** Who said so, and was erased since, has left no more than that. */
  private boolean isErased(Channel channel, String number) {
    return !jdbc.queryForList(
            "SELECT channel FROM erased_opt_out WHERE channel = ? AND address_hash = ?",
            String.class,
            channel.word(),
            fingerprint(channel, number))
        .isEmpty();
  }

  /** Of a number with which messages are not wanted by that channel. */
  static String fingerprint(Channel channel, String number) {
    return Digests.sha256("opt-out " + channel.word() + " " + number);
  }
}
