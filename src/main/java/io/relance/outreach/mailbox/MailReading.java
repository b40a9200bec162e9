package io.relance.outreach.mailbox;

import io.relance.kernel.Digests;
import io.relance.outreach.SentMessages;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a mail from its bytes, whatever they are. */
final class MailReading {

  private static final int ANSWERS_MAX = 50;
  private static final int SOURCE_MAX = 190;

  /** As far as a mail that is too large is read: its headers. */
  private static final int HEADER_CHARACTERS_MAX = 64_000;

  private static final Pattern ID = Pattern.compile("<[^<>\\s]{1,300}>");

  /** Subjects of automatic answers of programs that do not say it in a header. */
  private static final Pattern AWAY =
      Pattern.compile(
          "(auto(matic)? ?-?repl(y|ied)|auto:|out of (the )?office|réponse automatique|absence du bureau|absent du bureau"
              + "|automatische (antwort|abwesenheit)|abwesenheitsnotiz|abwesend|respuesta automática|fuera de (la )?oficina"
              + "|automatisch antwoord|afwezig(heidsbericht)?)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  private static final Set<String> SYSTEM_NAMES = Set.of("mailer-daemon", "postmaster");

  private final MimeMessage mail;
  private final byte[] raw;

  private MailReading(byte[] raw) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", "true");
    properties.setProperty("mail.mime.address.strict", "false");
    this.raw = raw;
    this.mail = new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(raw));
  }

  /**
   * Reads a mail.
   *
   * @param raw its first bytes
   * @param tooLarge whether only its headers are to be read
   */
  static IncomingMail read(byte[] raw, boolean tooLarge) {
    try {
      return new MailReading(raw).read(tooLarge);
    } catch (MessagingException | RuntimeException unreadable) {
      return ofHeaders(raw);
    }
  }

  /** What is known of a mail that nothing else can be read of. */
  static IncomingMail ofHeaders(byte[] raw) {
    String why = "its form is broken";
    try {
      MailReading reading = new MailReading(raw);
      return IncomingMail.unreadable(reading.source(), reading.sender(), reading.subject(), why);
    } catch (MessagingException | RuntimeException unreadable) {
      return IncomingMail.unreadable(hash(raw), "unknown", null, why);
    }
  }

  private IncomingMail read(boolean tooLarge) throws MessagingException {
    if (tooLarge) {
      return IncomingMail.unreadable(source(), sender(), subject(), "it is too large");
    }
    MailParts parts = MailParts.of(mail);
    String text = parts.text();
    List<String> answers = answers();
    Set<String> mentions = new LinkedHashSet<>();
    if (parts.returnedId() != null) {
      mentions.add(parts.returnedId().strip());
    }
    mentions.addAll(SentMessages.namedIn(text));
    mentions.addAll(answers);
    String reportType = reportType();
    List<String> failed = addresses("X-Failed-Recipients");
    String sender = sender();
    String report = parts.report();
    return new IncomingMail(
        source(),
        sender,
        subject(),
        answers,
        List.copyOf(mentions),
        text,
        parts.attachments(),
        isAutomatic(reportType),
        isOfMailSystem(sender) || !failed.isEmpty(),
        failed,
        report != null && (reportType.equals("delivery-status") || isOfMailSystem(sender))
            ? DeliveryReport.parse(report)
            : null);
  }

  /** Its Message-ID; a long one, or a missing one, as a hash. */
  private String source() throws MessagingException {
    String id = header("Message-ID");
    Matcher proper = ID.matcher(id == null ? "" : id);
    if (!proper.find()) {
      return hash(raw);
    }
    return proper.group().length() <= SOURCE_MAX
        ? "mail-" + proper.group()
        : "mail-" + Digests.sha256(proper.group());
  }

  private static String hash(byte[] raw) {
    return "mail-" + Digests.sha256(raw);
  }

  private String sender() throws MessagingException {
    List<String> from = addresses("From");
    List<String> known = from.isEmpty() ? addresses("Sender") : from;
    return known.isEmpty() ? "unknown" : known.getFirst();
  }

  private @Nullable String subject() throws MessagingException {
    String subject = header("Subject");
    return subject == null
        ? null
        : MailParts.clean(MailParts.decoded(subject)).replaceAll("\\s+", " ").strip();
  }

  /** What it answers: In-Reply-To, then References from the end. */
  private List<String> answers() throws MessagingException {
    Set<String> ids = new LinkedHashSet<>(idsIn(header("In-Reply-To")));
    List<String> references = new ArrayList<>(idsIn(header("References")));
    Collections.reverse(references);
    ids.addAll(references);
    return ids.stream().limit(ANSWERS_MAX).toList();
  }

  private static List<String> idsIn(@Nullable String header) {
    return header == null ? List.of() : ID.matcher(header).results().map(r -> r.group()).toList();
  }

  private List<String> addresses(String name) throws MessagingException {
    String value = header(name);
    if (value == null) {
      return List.of();
    }
    try {
      return Arrays.stream(InternetAddress.parseHeader(value, false))
          .map(InternetAddress::getAddress)
          .filter(a -> a != null && !a.isBlank())
          .map(a -> MailParts.clean(a).strip())
          .toList();
    } catch (AddressException unreadable) {
      Matcher address = Pattern.compile("[^\\s<>,;\"]{1,100}@[^\\s<>,;\"]{1,150}").matcher(value);
      return address.find() ? List.of(MailParts.clean(address.group())) : List.of();
    }
  }

  private static boolean isOfMailSystem(String sender) {
    String name = sender.contains("@") ? sender.substring(0, sender.indexOf('@')) : sender;
    return SYSTEM_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  private boolean isAutomatic(String reportType) throws MessagingException {
    return !reportType.isEmpty()
        || !saysNo("Auto-Submitted")
        || !saysNo("X-Autoreply")
        || !saysNo("X-Autorespond")
        || Set.of("auto_reply", "bulk", "junk").contains(word("Precedence"))
        || "<>".equals(word("Return-Path"))
        || AWAY.matcher(String.valueOf(subject())).lookingAt();
  }

  private boolean saysNo(String header) throws MessagingException {
    String word = word(header);
    return word.isEmpty() || word.equals("no");
  }

  /** The first word of a header, in lower case; empty if there is none. */
  private String word(String name) throws MessagingException {
    String value = header(name);
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT).split("[\\s;,]", 2)[0];
  }

  /** Of what a {@code multipart/report} reports; empty for any other mail. */
  private String reportType() throws MessagingException {
    String type = header("Content-Type");
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/report")) {
      return "";
    }
    try {
      String named = new ContentType(type).getParameter("report-type");
      return named == null ? "unknown" : named.toLowerCase(Locale.ROOT);
    } catch (MessagingException unreadable) {
      return "unknown";
    }
  }

  private @Nullable String header(String name) throws MessagingException {
    String value = mail.getHeader(name, null);
    return value == null || value.length() <= HEADER_CHARACTERS_MAX
        ? value
        : value.substring(0, HEADER_CHARACTERS_MAX);
  }
}
