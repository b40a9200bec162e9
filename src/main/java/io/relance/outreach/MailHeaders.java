package io.relance.outreach;

import io.relance.ledger.Creditor;
import io.relance.platform.StartFailure;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * The headers of a mail to a payer: who writes to whom, which mails it follows, and how its reader
 * stops more of them (RFC 2369, and RFC 8058 where {@code relance.public-url} says under which
 * address payers reach this server).
 */
@Component
class MailHeaders {

  private final String publicUrl;

  /**
   * @throws StartFailure if the public URL is no web address
   */
  MailHeaders(@Value("${relance.public-url:}") String publicUrl) {
    this.publicUrl = publicUrl.strip().replaceAll("/+$", "");
    if (!this.publicUrl.isEmpty() && !isWebAddress(this.publicUrl)) {
      throw new StartFailure(
          "relance.public-url=" + publicUrl + " is no web address.",
          "Set it to the address under which payers reach this server, such as https://pay.example.com, or leave it out.");
    }
  }

  private static boolean isWebAddress(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && uri.getQuery() == null
          && List.of("https", "http")
              .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  /**
   * Writes all but the Message-ID, which the mail gets when it is complete.
   *
   * @param earlier Message-IDs of the mails that it follows, oldest first
   * @throws MessagingException if an address is none
   */
  void write(
      MimeMessage message,
      Creditor creditor,
      NoticeStore.Kept notice,
      List<String> earlier,
      Instant now)
      throws MessagingException, UnsupportedEncodingException {
    InternetAddress from = new InternetAddress(creditor.senderEmail(), true);
    from.setPersonal(oneLine(creditor.senderName()), "UTF-8");
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(notice.recipient(), true));
    message.setSubject(oneLine(notice.subject()), "UTF-8");
    message.setSentDate(Date.from(now));
    message.setHeader("Auto-Submitted", "auto-generated");
    if (!earlier.isEmpty()) {
      message.setHeader("In-Reply-To", earlier.getLast());
      message.setHeader("References", MimeUtility.fold(12, String.join(" ", earlier)));
    }
    writeUnsubscribe(message, creditor.senderEmail(), notice.messageId());
  }

  private void writeUnsubscribe(MimeMessage message, String sender, String messageId)
      throws MessagingException {
    String token = SentMessages.token(messageId);
    if (token == null) {
      return;
    }
    int at = sender.lastIndexOf('@');
    String mailto =
        "<mailto:"
            + UriUtils.encode(sender.substring(0, at), StandardCharsets.UTF_8)
            + sender.substring(at)
            + "?subject=unsubscribe%20"
            + token
            + ">";
    if (publicUrl.isEmpty()) {
      message.setHeader("List-Unsubscribe", mailto);
      return;
    }
    message.setHeader(
        "List-Unsubscribe", mailto + ",\r\n <" + publicUrl + "/unsubscribe/" + token + ">");
    message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }

  /** A line break inside a header would begin another one, by whoever wrote the text. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
  }
}
