package io.relance.outreach.mailbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail as far as it was read.
 *
 * @param source identifies it: its Message-ID, or a hash of it if it has none
 * @param sender the address in From, which nobody vouches for; {@code unknown} if there is none
 * @param answers Message-IDs that it says to answer, the nearest first
 * @param mentions Message-IDs of ours in what it returns, quotes or answers
 * @param text its first plain text, or its HTML as text
 * @param attachments their names
 * @param automatic whether a program wrote it
 * @param ofMailSystem whether it says to come from a mail server, about another mail
 * @param failedRecipients for whom that mail failed, as some servers put it in a header
 * @param report what a mail server says of another mail, if it says it in the standard's form
 */
record IncomingMail(
    String source,
    String sender,
    @Nullable String subject,
    List<String> answers,
    List<String> mentions,
    String text,
    List<String> attachments,
    boolean automatic,
    boolean ofMailSystem,
    List<String> failedRecipients,
    @Nullable DeliveryReport report) {

  /** One that could not be read: a person looks at it in the mailbox. */
  static IncomingMail unreadable(
      String source, String sender, @Nullable String subject, String why) {
    return new IncomingMail(
        source,
        sender,
        subject,
        List.of(),
        List.of(),
        "This mail cannot be read here (" + why + "). Please look at it in the mailbox itself.",
        List.of(),
        false,
        false,
        List.of(),
        null);
  }
}
