package io.relance.outreach.mailbox;

import io.relance.outreach.mailbox.MailboxPositions.Position;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mails of a folder that were not read yet, in the order of their arrival.
 *
 * <p>In a mailbox that is met for the first time only the newest of what nobody has opened counts:
 * answers of years ago must not hold up anybody's reminders.
 *
 * @param from where reading goes on
 */
record NewMails(List<Mail> mails, Position from) {

  /** A mail and its number. */
  record Mail(long uid, IMAPMessage message) {}

  /** A server searches by the day of its own zone. */
  private static final Duration SEARCHED_BEFORE = Duration.ofDays(1);

  static NewMails in(IMAPFolder folder, @Nullable Position known, int max)
      throws MessagingException {
    long validity = folder.getUIDValidity();
    long end = end(folder);
    if (known == null) {
      List<Mail> unopened =
          numbered(folder, folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false)));
      List<Mail> newest = unopened.subList(Math.max(0, unopened.size() - max), unopened.size());
      return new NewMails(newest, new Position(validity, end, null));
    }
    Position from =
        known.validity() == validity && end >= known.next()
            ? known
            : foundAgain(folder, known, validity);
    List<Mail> fresh =
        numbered(folder, folder.getMessagesByUID(from.next(), UIDFolder.LASTUID)).stream()
            .filter(m -> m.uid() >= from.next()) // "n:*" names the last mail even below n
            .limit(max)
            .toList();
    return new NewMails(fresh, from);
  }

  /**
   * The server numbers its mails anew. What arrived since the newest that was read is looked at
   * again; what was filed is known by its Message-ID.
   */
  private static Position foundAgain(IMAPFolder folder, Position known, long validity)
      throws MessagingException {
    if (known.newest() == null) {
      return new Position(validity, 1, null);
    }
    Date since = Date.from(known.newest().minus(SEARCHED_BEFORE));
    List<Mail> later =
        numbered(folder, folder.search(new ReceivedDateTerm(ComparisonTerm.GE, since)));
    long next = later.isEmpty() ? end(folder) : later.getFirst().uid();
    return new Position(validity, next, known.newest());
  }

  /** The number after the last mail's. */
  private static long end(IMAPFolder folder) throws MessagingException {
    long said = folder.getUIDNext();
    if (said > 0) {
      return said;
    }
    int count = folder.getMessageCount();
    return count == 0 ? 1 : folder.getUID(folder.getMessage(count)) + 1;
  }

  private static List<Mail> numbered(IMAPFolder folder, Message[] messages)
      throws MessagingException {
    List<Mail> mails = new ArrayList<>();
    for (Message message : Arrays.asList(messages)) {
      if (message instanceof IMAPMessage mail && !mail.isExpunged()) {
        mails.add(new Mail(folder.getUID(mail), mail));
      }
    }
    mails.sort(Comparator.comparingLong(Mail::uid));
    return mails;
  }
}
