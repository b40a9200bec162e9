package io.relance.platform;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real SMTP server (GreenMail) that delivers to nobody: each mail is a file in the home before
 * the sender is told that it was taken, so a caught mail survives the application's death as a
 * delivered one would.
 */
public final class MailCatcher implements AutoCloseable {

  private final Path folder;
  private final GreenMail server;
  private final AtomicLong sequence;

  public MailCatcher(RelanceHome home, int port) {
    this.folder = home.folder("mail");
    this.sequence = new AtomicLong(lastNumber());
    Ports.requireFree(port, "the mail catcher", "relance.mail.port");
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(10_000);
    this.server = new GreenMail(setup);
    server.getUserManager().setMessageDeliveryHandler(this::keep);
    server.start();
  }

  private GreenMailUser keep(MovingMessage message, MailAddress recipient)
      throws MessagingException, UserException {
    String name = "%010d".formatted(sequence.incrementAndGet());
    Path partial = folder.resolve(name + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(partial)) {
        message.getMessage().writeTo(out);
      }
      Files.move(partial, folder.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a caught mail", e);
    }
    return new Nobody(recipient.getEmail());
  }

  /** The caught mails, newest first. */
  public List<Caught> list(int limit) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".eml"))
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .limit(limit)
          .map(MailCatcher::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long count() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".eml")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<Caught> find(long number) {
    Path file = folder.resolve("%010d.eml".formatted(number));
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Whether a mail with that Message-ID was taken: what only a catcher can tell for sure. */
  public boolean hasTaken(String messageId) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".eml"))
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .anyMatch(f -> messageId.equals(read(f).messageId()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long lastNumber() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(".eml"))
          .mapToLong(n -> Long.parseLong(n.substring(0, n.length() - 4)))
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Caught read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String name = file.getFileName().toString();
      return new Caught(
          Long.parseLong(name.substring(0, name.length() - 4)),
          new MimeMessage(Session.getInstance(new Properties()), in));
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException("Cannot read the caught mail " + file, e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }

  /** A caught mail and its number in the order of arrival. */
  public record Caught(long number, MimeMessage message) {

    public @Nullable String messageId() {
      try {
        return message.getMessageID();
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The recipient whose mailbox is the file already written. */
  private static final class Nobody extends UserImpl {

    Nobody(String address) {
      super(address, address, "", null);
    }

    @Override
    public void deliver(MovingMessage message) {
      // kept on disk before this is called
    }

    @Override
    public void deliver(MimeMessage message) {
      // kept on disk before this is called
    }
  }
}
