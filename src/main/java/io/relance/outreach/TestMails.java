package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.templates.TemplateKey;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Sends words that are tried out to who tries them: a mail whose subject says so, with the facts of
 * a real payer, who does not get it. What would go by another channel is read in the mail.
 */
@Component
public class TestMails {

  /** It could not be sent; the message says why. */
  public static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSent(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private final TemplatePreview previews;
  private final StatementPdf statements;
  private final MailBodies bodies;
  private final JavaMailSenderImpl sender;
  private final InstantSource clock;

  TestMails(
      TemplatePreview previews,
      StatementPdf statements,
      MailBodies bodies,
      JavaMailSenderImpl sender,
      InstantSource clock) {
    this.previews = previews;
    this.statements = statements;
    this.bodies = bodies;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * @param to the address of who tries it
   * @throws NotSent if the mail server does not take it
   */
  public void send(TemplateKey key, String source, Payer payer, String to) {
    TemplatePreview.Rendered rendered = previews.render(key, source, payer);
    Creditor creditor = rendered.notice().creditor();
    RenderedNotice words = rendered.words();
    try {
      MimeMessage mail = sender.createMimeMessage();
      mail.setFrom(new InternetAddress(creditor.senderEmail(), creditor.senderName(), "UTF-8"));
      mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
      mail.setSubject("[Test] " + words.subject(), "UTF-8");
      mail.setSentDate(Date.from(clock.instant()));
      mail.setContent(
          bodies.of(
              creditor,
              words.text(),
              words.html(),
              words.code(),
              words.attach().contains("statement") && rendered.notice().plan() == null
                  ? List.of(statements.of(rendered.notice()))
                  : List.of()));
      sender.send(mail);
    } catch (MessagingException | UnsupportedEncodingException malformed) {
      throw new NotSent("The mail cannot be built: " + malformed.getMessage(), malformed);
    } catch (MailException refused) {
      throw new NotSent("The mail server does not take it: " + refused.getMessage(), refused);
    }
  }
}
