package io.relance.outreach.mailbox;

import io.relance.outreach.InboundMessages.Kind;
import io.relance.outreach.SentMessages.Sent;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a mail is, and whose. */
@Component
class MailSorting {

  private static final Pattern UNSUBSCRIBE =
      Pattern.compile("unsubscribe ([0-9a-f-]{36})", Pattern.CASE_INSENSITIVE);

  /** An enhanced status code, or what another server said by SMTP, that means "no". */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?<![\\d.])5\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])|(?<=(said|error|response|smtp)[:;] {0,3})5[0-5]\\d[ -]",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern POSTPONED =
      Pattern.compile(
          "will be retried|still (being )?(trying|retried)|delayed|(?<![\\d.])4\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])",
          Pattern.CASE_INSENSITIVE);

  /**
   * What a mail is.
   *
   * @param about the mail of ours that it answers, or that did not arrive
   * @param failure why that did not arrive, if this says that nobody tries any more
   */
  record Verdict(
      Kind kind, @Nullable Long payerId, @Nullable Sent about, @Nullable String failure) {

    @Nullable Long noticeId() {
      return about == null ? null : about.noticeId();
    }
  }

  private final KnownMessages known;

  MailSorting(KnownMessages known) {
    this.known = known;
  }

  Verdict sort(IncomingMail mail) {
    DeliveryReport report = mail.report();
    if (report != null) {
      return ofReport(mail, report);
    }
    if (mail.ofMailSystem() && (mail.automatic() || refusal(mail) != null)) {
      return ofMailSystem(mail); // another one comes from a person whose name is postmaster
    }
    Optional<Sent> unwanted = unwanted(mail);
    if (unwanted.isPresent()) {
      return about(Kind.OPT_OUT, unwanted.get(), null);
    }
    return ofPayer(mail.automatic() ? Kind.AUTO_REPLY : Kind.REPLY, mail);
  }

  private Verdict ofReport(IncomingMail mail, DeliveryReport report) {
    Kind kind = report.arrived() ? Kind.AUTO_REPLY : Kind.BOUNCE;
    return known
        .named(mail.mentions())
        .filter(sent -> report.concerns(sent.recipient()))
        .map(sent -> about(kind, sent, report.failed() ? report.words() : null))
        .orElse(nobodys(kind));
  }

  /**
   * A mail server's own form: it counts only if it names our message and its recipient, and says
   * clearly that it is over.
   */
  private Verdict ofMailSystem(IncomingMail mail) {
    return known
        .named(mail.mentions())
        .filter(sent -> names(mail, sent.recipient()))
        .map(sent -> about(Kind.BOUNCE, sent, refusal(mail)))
        .orElse(nobodys(Kind.BOUNCE));
  }

  private static boolean names(IncomingMail mail, String recipient) {
    return mail.failedRecipients().isEmpty()
        ? mail.text().toLowerCase(Locale.ROOT).contains(recipient.toLowerCase(Locale.ROOT))
        : mail.failedRecipients().stream().anyMatch(recipient::equalsIgnoreCase);
  }

  private static @Nullable String refusal(IncomingMail mail) {
    if (POSTPONED.matcher(mail.text()).find()) {
      return null;
    }
    Matcher refusal = REFUSAL.matcher(mail.text());
    if (refusal.find()) {
      return mail.text().substring(refusal.start()).lines().findFirst().orElse("").strip();
    }
    return mail.failedRecipients().isEmpty() ? null : "the mail server returned it";
  }

  /** The token is in the hands of whoever the mail was shown to: the address must fit, too. */
  private Optional<Sent> unwanted(IncomingMail mail) {
    Matcher asks = UNSUBSCRIBE.matcher(mail.subject() == null ? "" : mail.subject());
    return asks.matches()
        ? known
            .ofToken(asks.group(1))
            .filter(sent -> sent.recipient().equalsIgnoreCase(mail.sender()))
        : Optional.empty();
  }

  private Verdict ofPayer(Kind kind, IncomingMail mail) {
    return known
        .named(mail.answers())
        .map(sent -> about(kind, sent, null))
        .orElseGet(() -> new Verdict(kind, known.payerAt(mail.sender()).orElse(null), null, null));
  }

  private static Verdict about(Kind kind, Sent sent, @Nullable String failure) {
    return new Verdict(kind, sent.payerId(), sent, failure);
  }

  private static Verdict nobodys(Kind kind) {
    return new Verdict(kind, null, null, null);
  }
}
