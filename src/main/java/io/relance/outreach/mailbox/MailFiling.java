package io.relance.outreach.mailbox;

import io.relance.ledger.Balances;
import io.relance.outreach.Deliveries;
import io.relance.outreach.InboundMessages;
import io.relance.outreach.InboundMessages.Arrived;
import io.relance.outreach.InboundMessages.Kind;
import io.relance.outreach.Unsubscribing;
import io.relance.outreach.permission.Channel;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Files mails, each once, with what follows from it in the same transaction. */
@Component
class MailFiling {

  private final MailSorting sorting;
  private final InboundMessages inbound;
  private final Deliveries deliveries;
  private final Unsubscribing unsubscribing;
  private final Balances balances;

  MailFiling(
      MailSorting sorting,
      InboundMessages inbound,
      Deliveries deliveries,
      Unsubscribing unsubscribing,
      Balances balances) {
    this.sorting = sorting;
    this.inbound = inbound;
    this.deliveries = deliveries;
    this.unsubscribing = unsubscribing;
    this.balances = balances;
  }

  /** Files it; false if it was filed before. */
  @Transactional
  public boolean file(IncomingMail mail) {
    if (inbound.isFiled(mail.source())) {
      return false;
    }
    MailSorting.Verdict verdict = sorting.sort(mail);
    if (verdict.payerId() != null) {
      balances.lock(List.of(verdict.payerId()));
    }
    boolean filed =
        inbound.file(
            new Arrived(
                mail.source(),
                verdict.kind(),
                Channel.EMAIL,
                mail.sender(),
                verdict.payerId(),
                verdict.noticeId(),
                mail.subject(),
                verdict.failure() == null ? mail.text() : verdict.failure() + "\n\n" + mail.text(),
                mail.attachments()));
    if (filed && verdict.about() != null) {
      if (verdict.failure() != null) {
        deliveries.failed(verdict.about().noticeId(), verdict.failure());
      }
      if (verdict.kind() == Kind.OPT_OUT) {
        unsubscribing.end(verdict.about(), "by a mail");
      }
    }
    return filed;
  }

  /** Files one that {@link #file} fails for, so that it is not tried for ever. */
  @Transactional
  public boolean fileUnread(IncomingMail mail) {
    IncomingMail known =
        IncomingMail.unreadable(
            mail.source(), mail.sender(), mail.subject(), "something failed while it was filed");
    return inbound.file(
        new Arrived(
            known.source(),
            Kind.REPLY,
            Channel.EMAIL,
            known.sender(),
            null,
            null,
            known.subject(),
            known.text(),
            List.of()));
  }
}
