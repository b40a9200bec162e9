package io.relance.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.ledger.ACreditor;
import io.relance.ledger.Creditor;
import io.relance.outreach.permission.Channel;
import io.relance.platform.StartFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands above a mail to a payer. */
class MailHeadersTest {

  private static final String TOKEN = "0b9c7a1e-3d55-4d52-9a51-3f0c7d2f8a11";
  private static final String ID = "<notice." + TOKEN + "@c.example>";

  @Test
  void aMailFollowsTheEarlierOnes() throws Exception {
    List<String> earlier =
        IntStream.range(0, 10)
            .mapToObj(i -> "<notice.0b9c7a1e-3d55-4d52-9a51-3f0c7d2f8a0" + i + "@c.example>")
            .toList();
    MimeMessage mail = written("", "Creditor", "Reminder", earlier);
    assertThat(mail.getHeader("In-Reply-To")).containsExactly(earlier.getLast());
    assertThat(mail.getHeader("References", null).split("\\s+")).containsExactlyElementsOf(earlier);
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void theFirstMailFollowsNone() throws Exception {
    MimeMessage mail = written("", "Creditor", "Reminder", List.of());
    assertThat(mail.getHeader("In-Reply-To")).isNull();
    assertThat(mail.getHeader("References")).isNull();
  }

  @Test
  void itsReaderCanStopThemByMailOrByOneClick() throws Exception {
    MimeMessage mail = written("https://pay.example/", "Creditor", "Reminder", List.of());
    assertThat(mail.getHeader("List-Unsubscribe", null).split(",\\s*"))
        .containsExactly(
            "<mailto:c@c.example?subject=unsubscribe%20" + TOKEN + ">",
            "<https://pay.example/unsubscribe/" + TOKEN + ">");
    assertThat(mail.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
  }

  @Test
  void withoutAPublicAddressOnlyByMail() throws Exception {
    MimeMessage mail = written("", "Creditor", "Reminder", List.of());
    assertThat(mail.getHeader("List-Unsubscribe", null))
        .startsWith("<mailto:")
        .doesNotContain("http");
    assertThat(mail.getHeader("List-Unsubscribe-Post")).isNull();
  }

  @Test
  void aPublicAddressThatIsNoneIsTold() {
    for (String wrong :
        List.of("pay.example", "ftp://pay.example", "https://", "https://a b", "https://a?b")) {
      assertThatThrownBy(() -> new MailHeaders(wrong))
          .as(wrong)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void aNameOrASubjectAddsNoHeader() throws Exception {
    for (String evil :
        List.of(
            "Rem\r\nBcc: victim@x.example",
            "Rem\nBcc: victim@x.example",
            "Rem\rBcc: victim@x.example",
            "Rém\r\nBcc: victim@x.example",
            "Rem\r\n\r\n<html>",
            "Rem\u2028Bcc: x")) {
      MimeMessage mail = written("", evil, evil, List.of());
      assertThat(mail.getHeader("Bcc")).as(evil).isNull();
      assertThat(mail.getHeader("From")).as(evil).hasSize(1);
      assertThat(mail.getSubject()).as(evil).startsWith("R").doesNotContain("\r", "\n");
      assertThat(Collections.list(mail.getAllHeaders())).as(evil).hasSize(6);
    }
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    for (String wrong : List.of("a@b.example\r\nBcc: c@d.example", "a b@c.example", "nobody")) {
      assertThatThrownBy(() -> write(new MailHeaders(""), wrong, "C", "S", List.of()))
          .as(wrong)
          .isInstanceOf(MessagingException.class);
    }
  }

  private static MimeMessage written(String url, String name, String subject, List<String> earlier)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new MailHeaders(url), "a@b.example", name, subject, earlier).writeTo(bytes);
    MimeMessage read =
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(bytes.toByteArray()));
    read.removeHeader("Message-ID");
    read.removeHeader("MIME-Version");
    read.removeHeader("Content-Type");
    read.removeHeader("Content-Transfer-Encoding");
    return read;
  }

  private static MimeMessage write(
      MailHeaders headers, String to, String name, String subject, List<String> earlier)
      throws Exception {
    Creditor c = ACreditor.in("FR", "either");
    Creditor named =
        new Creditor(
            c.id(),
            c.code(),
            c.name(),
            c.country(),
            c.zone(),
            c.currency(),
            name,
            c.senderEmail(),
            c.phone(),
            c.postalAddress(),
            c.iban(),
            c.paymentLink(),
            c.smallAmount(),
            c.largeAmount(),
            c.discountPercent(),
            c.discountDays(),
            c.monthEnd(),
            c.version());
    NoticeStore.Kept notice =
        new NoticeStore.Kept(
            1,
            1,
            Channel.EMAIL,
            Tone.COURTEOUS,
            "en",
            "sending",
            LocalDate.of(2026, 3, 2),
            to,
            subject,
            "text",
            "html",
            ID,
            "hash",
            null,
            null,
            null,
            null,
            "");
    MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
    headers.write(mail, named, notice, earlier, Instant.parse("2026-03-02T09:00:00Z"));
    mail.setText("text");
    mail.saveChanges();
    return mail;
  }
}
