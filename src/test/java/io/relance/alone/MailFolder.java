package io.relance.alone;

import io.relance.support.Server;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What the mail catcher of a server has on disk. */
final class MailFolder {

  private record Letter(String recipient, Instant sentAt) {}

  private MailFolder() {}

  static List<String> recipients(Server server) {
    return letters(server).stream().map(Letter::recipient).toList();
  }

  /** When the mails to that address were sent, in order. */
  static List<Instant> sentTo(Server server, String recipient) {
    return letters(server).stream()
        .filter(l -> l.recipient().equals(recipient))
        .map(Letter::sentAt)
        .sorted()
        .toList();
  }

  private static List<Letter> letters(Server server) {
    List<Letter> letters = new ArrayList<>();
    try (Stream<Path> files = Files.list(server.home().resolve("mail"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), in);
          letters.add(
              new Letter(
                  message.getAllRecipients()[0].toString(), message.getSentDate().toInstant()));
        }
      }
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(e);
    }
    return letters;
  }
}
