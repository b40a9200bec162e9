package io.relance.outreach;

import io.relance.ledger.Creditor;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Mails to the people who work with Relance, by the same mail server as those to payers. What
 * payers are spared, and how often they may be written to, has no say in them.
 */
@Component
public class StaffMails {

  /**
   * A mail.
   *
   * @param messageId by which its receiver's program knows it again, in angle brackets
   * @param writtenAt as its header says
   */
  public record Mail(
      String messageId, String to, String subject, String text, String html, Instant writtenAt) {}

  private final JavaMailSenderImpl sender;
  private final SmtpConnections connections;

  StaffMails(JavaMailSenderImpl sender, SmtpConnections connections) {
    this.sender = sender;
    this.connections = connections;
  }

  /**
   * Returns once the mail server has taken it.
   *
   * @param from whose address it comes from
   * @throws Carrier.Refused if it is refused for good
   * @throws Carrier.Unknown if it may have been taken
   * @throws Carrier.Away if it surely was not, for now
   */
  public void send(Creditor from, Mail mail) {
    Mailer.TrackedMessage message;
    try {
      message = message(from, mail);
    } catch (MessagingException | UnsupportedEncodingException malformed) {
      throw malformed instanceof AddressException
          ? new Carrier.Refused("'" + mail.to() + "' is no e-mail address", malformed)
          : new Carrier.Unsendable(
              "the mail cannot be built: " + malformed.getMessage(), malformed);
    }
    try {
      connections.use(connection -> connection.sendMessage(message, message.getAllRecipients()));
    } catch (MessagingException failure) {
      throw Mailer.read(failure, message.isWritten());
    }
  }

  private Mailer.TrackedMessage message(Creditor from, Mail mail)
      throws MessagingException, UnsupportedEncodingException {
    Mailer.TrackedMessage message = new Mailer.TrackedMessage(sender.getSession());
    InternetAddress address = new InternetAddress(from.senderEmail(), true);
    address.setPersonal("Relance", "UTF-8");
    message.setFrom(address);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
    message.setSubject(MailHeaders.oneLine(mail.subject()), "UTF-8");
    message.setSentDate(Date.from(mail.writtenAt()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setContent(
        new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
    message.saveChanges();
    message.setHeader("Message-ID", mail.messageId());
    return message;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }
}
