package io.relance.story;

import io.relance.support.Server;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What the mail catcher of a server has on disk. */
final class MailFolder {

  private MailFolder() {}

  static List<String> recipients(Server server) {
    List<String> recipients = new ArrayList<>();
    try (Stream<Path> files = Files.list(server.home().resolve("mail"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          recipients.add(
              new MimeMessage(Session.getInstance(new Properties()), in)
                  .getAllRecipients()[0].toString());
        }
      }
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(e);
    }
    return recipients;
  }
}
