package io.relance.outreach.mailbox;

import io.relance.outreach.mailbox.MailboxPositions.Position;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reads the mailbox. A mail is filed and committed first, and marked at the server after it; where
 * that is interrupted, or two replicas read the same mailbox, a mail comes again and is known by
 * its Message-ID. A mail that cannot be read is filed as such and holds up no other.
 */
@Component
@EnableConfigurationProperties(MailboxSettings.class)
class MailboxReader {

  private static final Logger log = LoggerFactory.getLogger(MailboxReader.class);
  private static final int MAILS_MAX = 50;

  /** Larger mails are filed by their headers. */
  private static final int SIZE_MAX_BYTES = 25 * 1024 * 1024;

  /** What is read of a mail: its text comes first, and attachments stay in the mailbox. */
  private static final int READ_BYTES_MAX = 4 * 1024 * 1024;

  private static final int HEADERS_BYTES_MAX = 256 * 1024;

  private final MailboxSettings settings;
  private final MailboxPositions positions;
  private final MailFiling filing;
  private boolean away;

  MailboxReader(MailboxSettings settings, MailboxPositions positions, MailFiling filing) {
    settings.check();
    this.settings = settings;
    this.positions = positions;
    this.filing = filing;
  }

  /** Looks for new mails; what fails is tried again at the next look. */
  @Scheduled(fixedDelayString = "${relance.mailbox.every:60s}")
  public void read() {
    if (!settings.isOn()) {
      return;
    }
    try {
      connect();
      if (away) {
        log.info("The mailbox {} can be read again", settings);
      }
      away = false;
    } catch (MessagingException
        | IOException
        | DataAccessException
        | TransactionException failure) {
      if (!away) {
        log.warn("The mailbox {} cannot be read now: {}", settings, failure.getMessage());
      }
      away = true;
    }
  }

  private void connect() throws MessagingException, IOException {
    Session session = Session.getInstance(settings.ofSession());
    try (Store store = session.getStore(settings.protocol())) {
      store.connect(settings.host(), settings.portOrUsual(), settings.user(), settings.password());
      if (!(store.getFolder(settings.folder()) instanceof IMAPFolder folder) || !folder.exists()) {
        throw new MessagingException("there is no folder " + settings.folder());
      }
      folder.open(Folder.READ_WRITE);
      try {
        List<Message> done = fileNew(folder);
        if (!done.isEmpty()) {
          putAway((IMAPStore) store, folder, done.toArray(Message[]::new));
        }
      } finally {
        if (folder.isOpen()) {
          folder.close(false);
        }
      }
    }
  }

  private List<Message> fileNew(IMAPFolder folder) throws MessagingException, IOException {
    Position known = positions.of(settings.name()).orElse(null);
    NewMails fresh = NewMails.in(folder, known, MAILS_MAX);
    Position position = fresh.from();
    List<Message> done = new ArrayList<>();
    for (NewMails.Mail mail : fresh.mails()) {
      IncomingMail read = read(folder, mail.message());
      if (read != null) {
        file(read);
        done.add(mail.message());
      }
      position = position.past(mail.uid(), receivedAt(mail.message()));
      if (known != null) {
        positions.save(settings.name(), position);
      }
    }
    if (!position.equals(known)) {
      positions.save(settings.name(), position);
    }
    return done;
  }

  private void file(IncomingMail mail) {
    try {
      filing.file(mail);
    } catch (RuntimeException failure) {
      if (isDatabasesFault(failure)) {
        throw failure;
      }
      log.error("A mail is filed unread, because filing it failed: {}", mail.source(), failure);
      filing.fileUnread(mail);
    }
  }

  private static boolean isDatabasesFault(RuntimeException failure) {
    return failure instanceof TransactionException
        || (failure instanceof DataAccessException
            && !(failure instanceof DataIntegrityViolationException));
  }

  /** Null if somebody took it away meanwhile. */
  private static @Nullable IncomingMail read(IMAPFolder folder, IMAPMessage message)
      throws MessagingException, IOException {
    try {
      boolean tooLarge = message.getSize() > SIZE_MAX_BYTES;
      message.setPeek(true); // it is not marked before it is filed
      try (InputStream in = message.getMimeStream()) {
        return MailReading.read(
            in.readNBytes(tooLarge ? HEADERS_BYTES_MAX : READ_BYTES_MAX), tooLarge);
      }
    } catch (MessagingException | IOException failure) {
      if (!folder.isOpen()) {
        throw failure;
      }
      if (message.isExpunged()) {
        return null;
      }
      // the server goes on, only this mail it does not give
      return IncomingMail.unreadable(
          "mail-" + folder.getUIDValidity() + "-" + folder.getUID(message),
          "unknown",
          null,
          "the mail server does not hand it out");
    }
  }

  private static @Nullable Instant receivedAt(IMAPMessage message) {
    try {
      Date received = message.getReceivedDate();
      return received == null ? null : received.toInstant();
    } catch (MessagingException unknown) {
      return null;
    }
  }

  /** For people who look into the mailbox: what is filed is marked, and moved if they want. */
  private void putAway(IMAPStore store, IMAPFolder folder, Message[] done) {
    try {
      folder.setFlags(done, new Flags(Flags.Flag.SEEN), true);
      String name = settings.processedFolder();
      if (name == null || name.isBlank()) {
        return;
      }
      Folder processed = store.getFolder(name);
      if (!processed.exists()) {
        processed.create(Folder.HOLDS_MESSAGES);
      }
      if (store.hasCapability("MOVE")) {
        folder.moveMessages(done, processed);
        return;
      }
      folder.copyMessages(done, processed);
      folder.setFlags(done, new Flags(Flags.Flag.DELETED), true);
      if (store.hasCapability("UIDPLUS")) {
        folder.expunge(done); // and nobody else's
      }
    } catch (MessagingException failure) {
      log.warn("Filed mails could not be put away in {}: {}", settings, failure.getMessage());
    }
  }
}
