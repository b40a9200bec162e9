package io.relance.outreach.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.relance.outreach.mailbox.MailboxPositions.Position;
import io.relance.support.Letterbox;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which mails of a real mailbox are new. */
class NewMailsTest {

  private static final String BOX = "accounts@atelier-moreau.example";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private GreenMailUser user;
  private Store store;
  private IMAPFolder folder;

  @BeforeEach
  void open() throws MessagingException {
    server.start();
    user = server.setUser(BOX, BOX, "x");
    store = Session.getInstance(new Properties()).getStore("imap");
    store.connect("127.0.0.1", server.getImap().getPort(), BOX, "x");
  }

  @AfterEach
  void close() throws MessagingException {
    store.close();
    server.stop();
  }

  @Test
  void atFirstOnlyTheNewestThatNobodyOpenedCount() throws Exception {
    arrive(5);
    opened(2);
    assertThat(uids(look(null, 3))).containsExactly(3L, 4L, 5L);
    assertThat(uids(look(null, 10))).containsExactly(1L, 3L, 4L, 5L);
    assertThat(look(null, 3).from().next()).isEqualTo(6);
  }

  @Test
  void laterAllCountOpenedOrNotInTheirOrder() throws Exception {
    arrive(2);
    Position known = look(null, 10).from();
    assertThat(uids(look(known, 10))).isEmpty();
    arrive(3);
    opened(4);
    assertThat(uids(look(known, 2))).containsExactly(3L, 4L);
    assertThat(uids(look(known.past(4, null), 2))).containsExactly(5L);
  }

  @Test
  void anEmptyMailboxIsNoTrouble() throws Exception {
    assertThat(uids(look(null, 10))).isEmpty();
    Position known = look(null, 10).from();
    arrive(1);
    assertThat(uids(look(known, 10))).containsExactly(1L);
  }

  /** As after the move to another server. */
  @Test
  void numbersThatMeanOtherMailsAreNotTrusted() throws Exception {
    arrive(2);
    Position here = look(null, 10).from();
    Instant received = received();
    Position elsewhere = new Position(here.validity() + 1, 4000, received);
    assertThat(uids(look(elsewhere, 10))).containsExactly(1L, 2L);
    assertThat(look(elsewhere, 10).from()).isEqualTo(new Position(here.validity(), 1, received));
    Position backwards = new Position(here.validity(), 4000, received);
    assertThat(uids(look(backwards, 10))).containsExactly(1L, 2L);
    Position later = new Position(here.validity() + 1, 1, received.plus(Duration.ofDays(9)));
    assertThat(uids(look(later, 10))).as("what is older was read there").isEmpty();
    assertThat(look(later, 10).from().next()).isEqualTo(3);
  }

  @Test
  void aPlaceOnlyMovesOn() {
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    Position place = new Position(1, 10, noon);
    assertThat(place.past(5, noon.minusSeconds(60))).isEqualTo(place);
    assertThat(place.past(10, noon.plusSeconds(60)))
        .isEqualTo(new Position(1, 11, noon.plusSeconds(60)));
    assertThat(place.past(10, null)).isEqualTo(new Position(1, 11, noon));
  }

  private void arrive(int count) throws MessagingException {
    for (int i = 0; i < count; i++) {
      user.deliver(
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(Letterbox.mail("reply", "a@b.example", "<x@y>"))));
    }
  }

  private void opened(int number) throws MessagingException {
    inFolder(() -> folder.getMessage(number).setFlag(Flags.Flag.SEEN, true));
  }

  private Instant received() throws MessagingException {
    Instant[] received = new Instant[1];
    inFolder(() -> received[0] = folder.getMessage(1).getReceivedDate().toInstant());
    return received[0];
  }

  private NewMails look(Position known, int max) throws MessagingException {
    NewMails[] found = new NewMails[1];
    inFolder(() -> found[0] = NewMails.in(folder, known, max));
    return found[0];
  }

  private interface Looking {
    void look() throws MessagingException;
  }

  /** Opened anew each time, as the reader does. */
  private void inFolder(Looking looking) throws MessagingException {
    folder = (IMAPFolder) store.getFolder("INBOX");
    folder.open(Folder.READ_WRITE);
    try {
      looking.look();
    } finally {
      folder.close(false);
    }
  }

  private static List<Long> uids(NewMails found) {
    return found.mails().stream().map(NewMails.Mail::uid).toList();
  }
}
