package io.relance.outreach.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the parts of a mail and keeps what is needed of them: its first text, the names of
 * what is attached, what a mail server reports. It goes only so deep and so far, and takes a part
 * that is broken for what can be read of it.
 */
final class MailParts {

  static final int NAMES_MAX = 20;
  private static final int DEPTH_MAX = 10;
  private static final int PARTS_MAX = 1000;
  private static final int TEXT_BYTES_MAX = 400_000;
  private static final int REPORT_BYTES_MAX = 64_000;
  private static final int NAME_MAX = 80;

  private @Nullable String plain;
  private @Nullable String html;
  private @Nullable String report;
  private @Nullable String returnedId;
  private final List<String> names = new ArrayList<>();
  private int attached;
  private int seen;
  private boolean notAll;

  private MailParts() {}

  static MailParts of(Part mail) {
    MailParts parts = new MailParts();
    parts.walk(mail, 0);
    return parts;
  }

  /** The text; what is there of HTML if there is no other. */
  String text() {
    if (plain != null && !plain.isBlank()) {
      return clean(plain).strip();
    }
    return html == null ? "" : clean(HtmlText.of(html));
  }

  /** The first names of what is attached, and how many more there are. */
  List<String> attachments() {
    List<String> told = new ArrayList<>(names);
    if (attached > names.size()) {
      told.add("and " + (attached - names.size()) + " more");
    }
    if (notAll) {
      told.add("and parts that were not read");
    }
    return told;
  }

  /** What a mail server says, in the standard's form; null if this mail has no such part. */
  @Nullable String report() {
    return report;
  }

  /** The Message-ID of a mail that is inside this one. */
  @Nullable String returnedId() {
    return returnedId;
  }

  private void walk(Part part, int depth) {
    if (depth > DEPTH_MAX || ++seen > PARTS_MAX) {
      notAll = true;
      return;
    }
    ContentType type = typeOf(part);
    String kind =
        (type.getPrimaryType() + "/" + type.getSubType()).toLowerCase(java.util.Locale.ROOT);
    switch (kind) {
      case "message/delivery-status", "message/global-delivery-status" ->
          report = report == null ? text(part, type, REPORT_BYTES_MAX) : report;
      case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers" -> {
        returnedId = returnedId == null ? idIn(bytes(part, REPORT_BYTES_MAX)) : returnedId;
        attach(part, "a mail");
      }
      case "message/disposition-notification" -> {}
      default -> walkUsual(part, type, kind, depth);
    }
  }

  private void walkUsual(Part part, ContentType type, String kind, int depth) {
    if (kind.startsWith("multipart/")) {
      walkInside(part, type, depth);
    } else if (isAttached(part)) {
      attach(part, "unnamed");
    } else if (kind.equals("text/html")) {
      html = html == null ? text(part, type, TEXT_BYTES_MAX) : html;
    } else if (kind.equals("text/plain")) {
      plain = plain == null ? text(part, type, TEXT_BYTES_MAX) : plain;
    } else {
      attach(part, "unnamed");
    }
  }

  private void walkInside(Part part, ContentType type, int depth) {
    try {
      if (part.getContent() instanceof MimeMultipart inside && inside.getCount() > 0) {
        for (int i = 0; i < inside.getCount(); i++) {
          walk(inside.getBodyPart(i), depth + 1);
        }
        return;
      }
    } catch (MessagingException | IOException broken) {
      notAll = true;
    }
    if (plain == null) {
      plain = text(part, type, TEXT_BYTES_MAX); // its parts cannot be told apart
    }
  }

  private void attach(Part part, String otherwise) {
    attached++;
    if (names.size() < NAMES_MAX) {
      String name = nameOf(part);
      names.add(name == null ? otherwise : name);
    }
  }

  private static boolean isAttached(Part part) {
    try {
      return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
    } catch (MessagingException unreadable) {
      return nameOf(part) != null;
    }
  }

  private static @Nullable String nameOf(Part part) {
    try {
      String name = part.getFileName();
      if (name == null) {
        return null;
      }
      String line = clean(decoded(name)).replaceAll("[\\s,]+", " ").strip();
      return line.length() <= NAME_MAX ? line : line.substring(0, NAME_MAX) + "…";
    } catch (MessagingException unreadable) {
      return null;
    }
  }

  /** A header's words, however broken. */
  static String decoded(String header) {
    try {
      return MimeUtility.decodeText(MimeUtility.unfold(header));
    } catch (UnsupportedEncodingException unknownCharset) {
      return header;
    }
  }

  private static ContentType typeOf(Part part) {
    try {
      return new ContentType(part.getContentType());
    } catch (ParseException unreadable) {
      return new ContentType("text", "plain", null);
    } catch (MessagingException unreadable) {
      return new ContentType("application", "octet-stream", null);
    }
  }

  private static @Nullable String idIn(byte[] mail) {
    try {
      return new InternetHeaders(new ByteArrayInputStream(mail), true)
          .getHeader("Message-ID", null);
    } catch (MessagingException unreadable) {
      return null;
    }
  }

  private static String text(Part part, ContentType type, int max) {
    byte[] bytes = bytes(part, max);
    String named = type.getParameter("charset");
    try {
      if (named != null) {
        return new String(bytes, Charset.forName(MimeUtility.javaCharset(named.strip())));
      }
    } catch (IllegalArgumentException unknown) {
      // guessed below
    }
    return guessed(bytes);
  }

  private static String guessed(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }

  /** As much of it as can be decoded; undecoded if nothing can. */
  private static byte[] bytes(Part part, int max) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream in = part.getInputStream()) {
      copy(in, read, max);
    } catch (MessagingException | IOException broken) {
      if (read.size() == 0) {
        return raw(part, max);
      }
    }
    return read.toByteArray();
  }

  private static byte[] raw(Part part, int max) {
    try (InputStream in =
        part instanceof MimeBodyPart body
            ? body.getRawInputStream()
            : part instanceof MimeMessage mail
                ? mail.getRawInputStream()
                : InputStream.nullInputStream()) {
      return in.readNBytes(max);
    } catch (MessagingException | IOException broken) {
      return new byte[0];
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream out, int max) throws IOException {
    byte[] buffer = new byte[8192];
    int count;
    while (out.size() < max && (count = in.read(buffer, 0, Math.min(8192, max - out.size()))) > 0) {
      out.write(buffer, 0, count);
    }
  }

  /** Without what no terminal, page or database should be given. */
  static String clean(String text) {
    return text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
        .replaceAll("\\p{Cs}(?!\\p{Cs})", "\ufffd");
  }
}
