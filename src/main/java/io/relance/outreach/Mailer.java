package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.platform.MailCatcher;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Hands a notice to the SMTP server, and reads from a failure what became of it. */
@Component
class Mailer {

  /** The server refused it for good: another try would end the same. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The server may have taken it: nobody can tell. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** It surely did not leave; another try may succeed. */
  static final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Away(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private final JavaMailSender sender;
  private final ObjectProvider<MailCatcher> catcher;

  Mailer(JavaMailSender sender, ObjectProvider<MailCatcher> catcher) {
    this.sender = sender;
    this.catcher = catcher;
  }

  /** Returns once the server has taken the message. */
  void send(Creditor creditor, NoticeStore.Kept notice, Instant now) {
    try {
      sender.send(message(creditor, notice, now));
    } catch (MailException failure) {
      throw read(failure);
    } catch (MessagingException | UnsupportedEncodingException malformed) {
      throw new Refused("the message cannot be built: " + malformed.getMessage(), malformed);
    }
  }

  private MimeMessage message(Creditor creditor, NoticeStore.Kept notice, Instant now)
      throws MessagingException, UnsupportedEncodingException {
    MimeMessage message = sender.createMimeMessage();
    MimeMessageHelper helper =
        new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, "UTF-8");
    helper.setFrom(new InternetAddress(creditor.senderEmail(), creditor.senderName(), "UTF-8"));
    helper.setTo(notice.recipient());
    helper.setSubject(notice.subject());
    helper.setText(notice.text(), notice.html());
    helper.setSentDate(Date.from(now));
    message.setHeader("Message-ID", notice.messageId());
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  /** Whether a message that a crash interrupted was taken; empty where nobody can tell. */
  Optional<Boolean> wasTaken(String messageId) {
    MailCatcher own = catcher.getIfAvailable();
    return own == null ? Optional.empty() : Optional.of(own.hasTaken(messageId));
  }

  private static RuntimeException read(MailException failure) {
    Throwable cause = failure;
    if (failure instanceof MailSendException several && !several.getFailedMessages().isEmpty()) {
      cause = several.getFailedMessages().values().iterator().next();
    }
    for (Throwable t = cause; t != null; t = next(t)) {
      if (t instanceof SocketTimeoutException
          && String.valueOf(t.getMessage()).contains("Read timed out")) {
        return new Unknown(
            "the mail server took the message but did not confirm it in time", failure);
      }
      if (t instanceof SendFailedException sent
          && sent.getInvalidAddresses() != null
          && sent.getInvalidAddresses().length > 0
          && isPermanent(t)) {
        return new Refused("the mail server refuses the recipient: " + t.getMessage(), failure);
      }
    }
    return new Away("the mail server cannot be used now: " + root(cause), failure);
  }

  private static boolean isPermanent(Throwable t) {
    for (Throwable c = t; c != null; c = next(c)) {
      if (c instanceof org.eclipse.angus.mail.smtp.SMTPAddressFailedException address) {
        return address.getReturnCode() >= 500;
      }
    }
    return false;
  }

  private static @org.jspecify.annotations.Nullable Throwable next(Throwable t) {
    if (t instanceof MessagingException messaging && messaging.getNextException() != null) {
      return messaging.getNextException();
    }
    return t.getCause() == t ? null : t.getCause();
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = next(t)) {
      root = t;
    }
    return String.valueOf(root.getMessage());
  }
}
