package io.relance.outreach.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.outreach.InboundMessages.Kind;
import io.relance.outreach.SentMessages.Sent;
import io.relance.support.Letterbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails as mail servers, programs and people write them: what each is taken for, and whose. */
class MailSortingTest {

  private static final String TOKEN = "0b9c7a1e-3d55-4d52-9a51-3f0c7d2f8a11";
  private static final String OURS = "<notice." + TOKEN + "@atelier-moreau.example>";
  private static final String OTHERS =
      "<notice.11111111-2222-3333-4444-555555555555@atelier-moreau.example>";
  private static final String PAYER = "jane@payer.example";
  private static final Sent SENT = new Sent(7, 70, "P7", "Atelier Moreau", PAYER, "en");

  private final MailSorting sorting =
      new MailSorting(
          new KnownMessages() {
            @Override
            public Optional<Sent> named(List<String> messageIds) {
              return messageIds.contains(OURS) ? Optional.of(SENT) : Optional.empty();
            }

            @Override
            public Optional<Sent> ofToken(String token) {
              return token.equals(TOKEN) ? Optional.of(SENT) : Optional.empty();
            }

            @Override
            public Optional<Long> payerAt(String address) {
              return address.equals("known@payer.example") ? Optional.of(90L) : Optional.empty();
            }
          });

  private static IncomingMail read(String name, String recipient, String messageId) {
    return MailReading.read(Letterbox.mail(name, recipient, messageId), false);
  }

  private static IncomingMail read(String text) {
    return MailReading.read(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postfix-bounce", "exchange-bounce", "gmail-bounce", "qmail-bounce"})
  void aBounceOfOurMailEndsIt(String name) {
    MailSorting.Verdict verdict = sorting.sort(read(name, PAYER, OURS));
    assertThat(verdict.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(verdict.noticeId()).isEqualTo(7);
    assertThat(verdict.payerId()).isEqualTo(70);
    assertThat(verdict.failure()).contains("5.1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postfix-bounce", "exchange-bounce", "gmail-bounce", "qmail-bounce"})
  void aBounceOfAnotherMailEndsNothing(String name) {
    MailSorting.Verdict verdict = sorting.sort(read(name, PAYER, OTHERS));
    assertThat(verdict).isEqualTo(new MailSorting.Verdict(Kind.BOUNCE, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postfix-bounce", "exchange-bounce", "gmail-bounce", "qmail-bounce"})
  void aBounceOfAnotherAddressEndsNothing(String name) {
    MailSorting.Verdict verdict = sorting.sort(read(name, "joe@payer.example", OURS));
    assertThat(verdict).isEqualTo(new MailSorting.Verdict(Kind.BOUNCE, null, null, null));
  }

  @Test
  void aForgedBounceEndsNothing() {
    assertThat(sorting.sort(read("forged-bounce", PAYER, OURS)))
        .isEqualTo(new MailSorting.Verdict(Kind.BOUNCE, null, null, null));
  }

  @Test
  void aDelayIsNotTheEnd() {
    MailSorting.Verdict verdict = sorting.sort(read("postfix-delay", PAYER, OURS));
    assertThat(verdict.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(verdict.noticeId()).isEqualTo(7);
    assertThat(verdict.failure()).isNull();
  }

  /** After days of trying the code is still that of a delay; the action says that it is over. */
  @Test
  void whatRanOutOfTimeIsOver() {
    String given =
        new String(Letterbox.mail("postfix-delay", PAYER, OURS), StandardCharsets.UTF_8)
            .replace("Action: delayed", "Action: failed")
            .replace("Status: 4.4.1", "Status: 4.4.7");
    MailSorting.Verdict verdict =
        sorting.sort(MailReading.read(given.getBytes(StandardCharsets.UTF_8), false));
    assertThat(verdict.failure()).startsWith("4.4.7");
  }

  @Test
  void aReceiptAndAnAbsenceAreAutomatic() {
    for (String name : List.of("receipt", "out-of-office")) {
      MailSorting.Verdict verdict = sorting.sort(read(name, PAYER, OURS));
      assertThat(verdict.kind()).as(name).isEqualTo(Kind.AUTO_REPLY);
      assertThat(verdict.payerId()).as(name).isEqualTo(70);
    }
    assertThat(read("out-of-office", PAYER, OURS).text()).contains("appelez le secrétariat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: Automatic reply: your reminder",
        "Subject: Out of Office: your reminder",
        "Subject: Abwesenheitsnotiz: Rechnung",
        "Subject: Automatisch antwoord: factuur",
        "Subject: Respuesta automática: factura",
        "Subject: x\nAuto-Submitted: auto-replied (vacation)",
        "Subject: x\nPrecedence: bulk",
        "Subject: x\nX-Autoreply: yes",
        "Subject: x\nReturn-Path: <>"
      })
  void programsThatAnswerAreToldFromPeople(String headers) {
    assertThat(sorting.sort(read("From: known@payer.example\n" + headers + "\n\nhello")).kind())
        .isEqualTo(Kind.AUTO_REPLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: Re: your reminder",
        "Subject: Auto parts: invoice 4",
        "Subject: x\nAuto-Submitted: no",
        "Subject: x\nX-Autoreply: no",
        "Subject: x\nPrecedence: first-class"
      })
  void peopleAreNotTakenForPrograms(String headers) {
    MailSorting.Verdict verdict =
        sorting.sort(read("From: known@payer.example\n" + headers + "\n\nhello"));
    assertThat(verdict).isEqualTo(new MailSorting.Verdict(Kind.REPLY, 90L, null, null));
  }

  @Test
  void anAnswerIsOfWhomWeWroteToWhoeverWritesIt() {
    MailSorting.Verdict verdict = sorting.sort(read("reply", "her.boss@payer.example", OURS));
    assertThat(verdict.kind()).isEqualTo(Kind.REPLY);
    assertThat(verdict.noticeId()).isEqualTo(7);
    assertThat(verdict.payerId()).isEqualTo(70);
  }

  @Test
  void aMailThatAnswersNothingIsItsSenders() {
    assertThat(sorting.sort(read("no-message-id", "known@payer.example", OURS)))
        .isEqualTo(new MailSorting.Verdict(Kind.REPLY, 90L, null, null));
    assertThat(sorting.sort(read("no-message-id", "nobody@payer.example", OURS)))
        .isEqualTo(new MailSorting.Verdict(Kind.REPLY, null, null, null));
  }

  /** A small firm's only address may be its postmaster's. */
  @Test
  void aPostmasterMayBeAPerson() {
    IncomingMail mail =
        read(
            "From: postmaster@payer.example\nSubject: Re: reminder\nIn-Reply-To: "
                + OURS
                + "\n\nWe pay the 550 EUR tomorrow.\n> "
                + PAYER
                + " owes 550 EUR");
    assertThat(sorting.sort(mail).kind()).isEqualTo(Kind.REPLY);
  }

  @Test
  void whoUnsubscribesMustBeWhomWeWroteTo() {
    assertThat(sorting.sort(unsubscribe(PAYER, TOKEN)).kind()).isEqualTo(Kind.OPT_OUT);
    assertThat(sorting.sort(unsubscribe("JANE@payer.example", TOKEN)).kind())
        .isEqualTo(Kind.OPT_OUT);
    assertThat(sorting.sort(unsubscribe("joe@payer.example", TOKEN)).kind()).isEqualTo(Kind.REPLY);
    assertThat(sorting.sort(unsubscribe(PAYER, TOKEN.replace('0', '1'))).kind())
        .isEqualTo(Kind.REPLY);
    assertThat(sorting.sort(unsubscribe(PAYER, TOKEN + " please")).kind()).isEqualTo(Kind.REPLY);
  }

  private static IncomingMail unsubscribe(String sender, String token) {
    return MailReading.read(
        Letterbox.mail("unsubscribe", Map.of("recipient", sender, "token", token)), false);
  }

  // ---- reading

  @Test
  void aReplyIsReadAsItsWriterSeesIt() {
    IncomingMail mail = read("reply", PAYER, OURS);
    assertThat(mail.sender()).isEqualTo(PAYER);
    assertThat(mail.subject()).isEqualTo("Re: Invoice overdue");
    assertThat(mail.text())
        .contains("damaged — we pay half. <script>alert(1)</script>", "> Invoice");
    assertThat(mail.answers()).containsExactly(OURS, "<something.else@payer.example>");
  }

  @Test
  void htmlBecomesText() {
    IncomingMail mail = read("html-reply", PAYER, OURS);
    assertThat(mail.subject()).isEqualTo("AW: Fällige Rechnung");
    assertThat(mail.text())
        .isEqualTo("Wir zahlen nächste Woche 100 €.\nGrüße\n> Die Rechnung ist fällig.");
  }

  @Test
  void ofAHundredAttachmentsSomeAreNamedAndAllCounted() {
    IncomingMail mail = read("hundred-attachments", PAYER, OURS);
    assertThat(mail.text()).isEqualTo("See attached.");
    assertThat(mail.attachments())
        .hasSize(MailParts.NAMES_MAX + 1)
        .contains("scan 1.pdf", "scan 20.pdf")
        .endsWith("and 80 more");
  }

  @Test
  void whatIsBrokenIsReadAsFarAsItGoes() {
    IncomingMail charset = read("broken-charset", PAYER, OURS);
    assertThat(charset.text()).isEqualTo("We have paid, look at your account.");
    assertThat(charset.sender()).isEqualTo(PAYER);
    assertThat(charset.subject()).contains("invoice");
    assertThat(read("broken-multipart", PAYER, OURS).text()).contains("Who reads this?");
    assertThat(read("nested-bomb", PAYER, OURS).subject()).isEqualTo("Down and down");
    assertThat(read("nested-bomb", PAYER, OURS).attachments())
        .containsExactly("and parts that were not read");
  }

  @Test
  void anyBytesAreFiledAsSomething() {
    for (int length : List.of(0, 1, 17, 5000)) {
      byte[] noise = new byte[length];
      new java.util.Random(length).nextBytes(noise);
      IncomingMail mail = MailReading.read(noise, false);
      assertThat(mail.source()).startsWith("mail-").hasSizeLessThan(200);
      assertThat(sorting.sort(mail).kind()).isNotNull();
    }
  }

  @Test
  void aMailWithoutAMessageIdIsKnownByItsContents() {
    byte[] one = Letterbox.mail("no-message-id", PAYER, OURS);
    assertThat(MailReading.read(one, false).source())
        .isEqualTo(MailReading.read(one.clone(), false).source())
        .isNotEqualTo(read("no-message-id", PAYER, OURS).source());
  }

  @Test
  void aLongMessageIdIsStillItsOwn() {
    String id = "a".repeat(250);
    assertThat(read("Message-ID: <" + id + "1@x>\n\n").source())
        .isNotEqualTo(read("Message-ID: <" + id + "2@x>\n\n").source())
        .hasSizeLessThan(200);
  }

  @Test
  void ofAMailThatIsTooLargeOnlyTheHeadersCount() {
    byte[] start = Letterbox.mail("hundred-attachments", PAYER, OURS);
    IncomingMail mail = MailReading.read(start, true);
    assertThat(mail.subject()).isEqualTo("All our papers");
    assertThat(mail.text()).contains("too large");
    assertThat(mail.attachments()).isEmpty();
  }

  /** What is read ends in the middle of an attachment. */
  @Test
  void aMailThatIsCutKeepsItsText() {
    byte[] whole = Letterbox.mail("hundred-attachments", PAYER, OURS);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
    assertThat(MailReading.read(cut, false).text()).isEqualTo("See attached.");
  }

  @Test
  void hostileHeadersTakeNoTime() {
    String references =
        IntStream.range(0, 20_000).mapToObj(i -> "<" + i + "@x>").collect(Collectors.joining(" "));
    String text = "On " + "a ".repeat(200_000) + "\n5.".repeat(50_000);
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            sorting.sort(
                read(
                    "From: mailer-daemon@x\nReturn-Path: <>\nReferences: "
                        + references
                        + "\nSubject: "
                        + "auto ".repeat(50_000)
                        + "\n\n"
                        + text)));
  }
}
