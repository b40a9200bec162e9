package io.relance.outreach.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server says became of a mail (RFC 3464): of its first recipient that it failed for,
 * or else of its first.
 *
 * @param action {@code failed}, {@code delayed}, {@code delivered}, {@code relayed} or {@code
 *     expanded}; empty if it is not said
 * @param status as in RFC 3463, such as {@code 5.1.1}; empty if it is not said
 * @param diagnostic the other server's own words; empty if there are none
 * @param recipients whom it is about, as the last server and as the sender named them
 */
record DeliveryReport(String action, String status, String diagnostic, List<String> recipients) {

  /** It did not reach them, and nobody tries any more: also if a time ran out, as 4.4.7. */
  boolean failed() {
    return action.equals("failed") || (action.isEmpty() && status.startsWith("5"));
  }

  /** It is with them, or with a server that says no more. */
  boolean arrived() {
    return List.of("delivered", "relayed", "expanded").contains(action);
  }

  /** Whether it speaks of this address, or names none. */
  boolean concerns(String address) {
    return recipients.isEmpty() || recipients.stream().anyMatch(address::equalsIgnoreCase);
  }

  /** In one line. */
  String words() {
    String words = (status + " " + diagnostic).strip();
    return words.isEmpty() ? "the mail server gives no reason" : words;
  }

  /** Reads the part {@code message/delivery-status}: groups of headers, one a recipient. */
  static DeliveryReport parse(String text) {
    DeliveryReport first = null;
    for (String group : text.replace("\r\n", "\n").split("\n\\s*\n")) {
      DeliveryReport found = ofGroup(group.strip());
      if (found.action.isEmpty() && found.status.isEmpty() && found.recipients.isEmpty()) {
        continue;
      }
      if (found.failed()) {
        return found;
      }
      first = first == null ? found : first;
    }
    return first == null ? new DeliveryReport("", "", "", List.of()) : first;
  }

  private static DeliveryReport ofGroup(String group) {
    InternetHeaders headers;
    try {
      headers =
          new InternetHeaders(
              new ByteArrayInputStream((group + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)),
              true);
    } catch (MessagingException unreadable) {
      return new DeliveryReport("", "", "", List.of());
    }
    List<String> recipients = new ArrayList<>();
    for (String name : List.of("Final-Recipient", "Original-Recipient")) {
      String address = afterType(first(headers, name)).replaceAll("[<>\\s]", "");
      if (!address.isEmpty()) {
        recipients.add(address);
      }
    }
    String status = first(headers, "Status").split("\\s", 2)[0];
    return new DeliveryReport(
        first(headers, "Action").toLowerCase(Locale.ROOT).split("\\s", 2)[0],
        status.matches("\\d\\.\\d{1,3}\\.\\d{1,3}") ? status : "",
        afterType(first(headers, "Diagnostic-Code")),
        recipients);
  }

  private static String first(InternetHeaders headers, String name) {
    String value = headers.getHeader(name, null);
    return value == null ? "" : value.replaceAll("\\s+", " ").strip();
  }

  /** {@code rfc822;a@b} is a type and what it says. */
  private static String afterType(@Nullable String value) {
    return value == null ? "" : value.substring(value.indexOf(';') + 1).strip();
  }
}
