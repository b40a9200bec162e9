package io.relance.outreach;

import io.relance.kernel.Actor;
import io.relance.ledger.Balances;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.OptOuts;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Payers who want no more mails, by the token of one that they have. Who holds it has read that
 * mail; more is not asked of them, so all that it can do is to end mails to that payer.
 */
@Component
public class Unsubscribing {

  private final SentMessages sent;
  private final OptOuts optOuts;
  private final Balances balances;

  Unsubscribing(SentMessages sent, OptOuts optOuts, Balances balances) {
    this.sent = sent;
    this.optOuts = optOuts;
    this.balances = balances;
  }

  /** The mail of this token; empty if there is none. */
  public Optional<SentMessages.Sent> find(String token) {
    return sent.ofToken(token);
  }

  /**
   * Its payer is not written to by e-mail any more; asked again, nothing more happens.
   *
   * @param how in words, such as {@code by the link in a mail}
   */
  @Transactional
  public void end(SentMessages.Sent mail, String how) {
    balances.lock(List.of(mail.payerId())); // a mail that is leaving is either before or sees it
    optOuts.add(mail.payerId(), Channel.EMAIL, "unsubscribed " + how, actor(mail));
  }

  /** The payer, as the trail names who did it. */
  public static Actor actor(SentMessages.Sent mail) {
    return new Actor("payer:" + mail.customerId());
  }

  /** An address as it may be shown to whoever has the link: {@code j•••@example.com}. */
  public static String masked(String address) {
    int at = address.lastIndexOf('@');
    return at < 1 ? "•••" : address.substring(0, 1) + "•••" + address.substring(at);
  }
}
