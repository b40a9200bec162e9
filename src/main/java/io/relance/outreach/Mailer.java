package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.ledger.Payer;
import io.relance.outreach.permission.Channel;
import io.relance.platform.MailCatcher;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Hands a notice to the SMTP server, and reads from a failure what became of it. */
@Component
class Mailer implements Carrier {

  private final JavaMailSenderImpl sender;
  private final SmtpConnections connections;
  private final MailHeaders headers;
  private final MailBodies bodies;
  private final SentMessages sent;
  private final ObjectProvider<MailCatcher> catcher;

  Mailer(
      JavaMailSenderImpl sender,
      SmtpConnections connections,
      MailHeaders headers,
      MailBodies bodies,
      SentMessages sent,
      ObjectProvider<MailCatcher> catcher) {
    this.sender = sender;
    this.connections = connections;
    this.headers = headers;
    this.bodies = bodies;
    this.sent = sent;
    this.catcher = catcher;
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public String word() {
    return "smtp";
  }

  @Override
  public @Nullable String addressOf(Payer payer) {
    return payer.email();
  }

  @Override
  public @Nullable String send(
      Creditor creditor, NoticeStore.Kept notice, Instant now, Runnable beforeContact) {
    TrackedMessage message;
    try {
      message = message(creditor, notice, now);
    } catch (MessagingException | UnsupportedEncodingException malformed) {
      String reason = "the message cannot be built: " + malformed.getMessage();
      throw malformed instanceof AddressException
          ? new Refused(reason, malformed)
          : new Unsendable(reason, malformed);
    }
    beforeContact.run();
    try {
      connections.use(connection -> connection.sendMessage(message, message.getAllRecipients()));
    } catch (MessagingException failure) {
      throw read(failure, message.written);
    }
    return null;
  }

  /** Knows whether all of it was handed over: before that, the server cannot have taken it. */
  static final class TrackedMessage extends MimeMessage {

    private boolean written;

    TrackedMessage(Session session) {
      super(session);
    }

    boolean isWritten() {
      return written;
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored)
        throws IOException, MessagingException {
      super.writeTo(out, ignored);
      written = true;
    }
  }

  private TrackedMessage message(Creditor creditor, NoticeStore.Kept notice, Instant now)
      throws MessagingException, UnsupportedEncodingException {
    TrackedMessage message = new TrackedMessage(sender.getSession());
    headers.write(message, creditor, notice, sent.before(notice), now);
    message.setContent(bodies.of(creditor, notice));
    message.saveChanges();
    message.setHeader("Message-ID", notice.messageId());
    return message;
  }

  /** Only our own catcher can be asked. */
  @Override
  public Optional<Taken> wasTaken(NoticeStore.Kept notice, Instant now) {
    MailCatcher own = catcher.getIfAvailable();
    return own == null
        ? Optional.empty()
        : Optional.of(new Taken(own.hasTaken(notice.messageId()), null));
  }

  /**
   * Reads a failure. The server's own word counts first: 4xx is "later", 5xx is "no". Without a
   * word (a time-out, a broken line), all depends on whether the whole message was handed over.
   */
  static RuntimeException read(MessagingException failure, boolean written) {
    int code = returnCode(failure);
    if (code >= 500 && code < 600) {
      String reason = "the mail server refuses it: " + root(failure);
      return isOfRecipient(failure)
          ? new Refused(reason, failure)
          : new Unsendable(reason, failure);
    }
    boolean answered = code >= 400;
    if (written && !answered) {
      return new Unknown(
          "the mail server may have taken the message but did not confirm it: " + root(failure),
          failure);
    }
    return new Away("the mail server cannot be used now: " + root(failure), failure);
  }

  private static boolean isOfRecipient(Throwable failure) {
    for (Throwable t = failure; t != null; t = next(t)) {
      if (t instanceof SMTPAddressFailedException) {
        return true;
      }
    }
    return false;
  }

  /** The server's refusal of the recipient or of the message, or -1 if it said nothing. */
  private static int returnCode(Throwable failure) {
    for (Throwable t = failure; t != null; t = next(t)) {
      if (t instanceof SMTPAddressFailedException address) {
        return address.getReturnCode();
      }
      if (t instanceof SMTPSendFailedException message) {
        return message.getReturnCode();
      }
    }
    return -1;
  }

  private static @Nullable Throwable next(Throwable t) {
    if (t instanceof MessagingException messaging && messaging.getNextException() != null) {
      return messaging.getNextException();
    }
    return t.getCause();
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = next(t)) {
      root = t;
    }
    return String.valueOf(root.getMessage());
  }
}
