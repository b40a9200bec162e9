package io.relance.analytics.weekly;

import io.relance.access.Users;
import io.relance.kernel.FollowsDay;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.outreach.Carrier;
import io.relance.outreach.StaffMails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends each manager who wants it the figures of the week, once a week. Its row is written before
 * anything leaves, and whose end nobody knows is not sent again: a manager can look at the page,
 * and would not trust two mails. A Monday that was missed is made up for within its week.
 */
@Component
@Order(9)
class WeeklyMails implements FollowsDay {

  private static final Logger log = LoggerFactory.getLogger(WeeklyMails.class);

  /** A row that is being sent for longer was left by a process that died. */
  private static final Duration SENDING_MAX = Duration.ofMinutes(10);

  private final WeeklyWishes wishes;
  private final WeeklyText text;
  private final StaffMails mails;
  private final Users users;
  private final Creditors creditors;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  WeeklyMails(
      WeeklyWishes wishes,
      WeeklyText text,
      StaffMails mails,
      Users users,
      Creditors creditors,
      JdbcTemplate jdbc,
      InstantSource clock) {
    this.wishes = wishes;
    this.text = text;
    this.mails = mails;
    this.users = users;
    this.creditors = creditors;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${relance.analytics.day-interval:60s}", initialDelayString = "80s")
  void scheduled() {
    followDay();
  }

  @Override
  public synchronized void followDay() {
    Instant now = clock.instant();
    jdbc.update(
        "UPDATE weekly_mail SET state = 'unknown', detail = 'the process that sent it died' WHERE state = 'sending' AND began_at < ?",
        Sql.timestamp(now.minus(SENDING_MAX)));
    for (WeeklyWishes.Wish wish : wishes.all()) {
      LocalDate monday = wish.mondayAt(now);
      Instant due = wish.dueOn(monday);
      if (!now.isBefore(due) && !due.isBefore(wish.wishedAt()) && wishes.maySee(wish.login())) {
        sendOnce(wish, monday, now);
      }
    }
  }

  private void sendOnce(WeeklyWishes.Wish wish, LocalDate monday, Instant now) {
    Optional<String> to = users.emailOf(wish.login());
    Optional<Creditor> from = creditors.findAll().stream().findFirst();
    if (to.isEmpty() || from.isEmpty()) {
      return;
    }
    String messageId =
        "<weekly-" + monday + "-" + UUID.randomUUID() + "@" + from.get().senderDomain() + ">";
    if (!claim(wish.login(), monday, to.get(), messageId, now)) {
      return;
    }
    try {
      WeeklyText.Words words = text.of(monday, Locale.of(wish.language()));
      mails.send(
          from.get(),
          new StaffMails.Mail(
              messageId, to.get(), words.subject(), words.text(), words.html(), now));
      end(wish.login(), monday, "sent", null);
    } catch (Carrier.Away away) {
      end(wish.login(), monday, "waiting", away.getMessage());
    } catch (Carrier.Refused refused) {
      log.warn("The weekly mail to {} was refused: {}", wish.login(), refused.getMessage());
      end(wish.login(), monday, "refused", refused.getMessage());
    } catch (Carrier.Unknown unknown) {
      end(wish.login(), monday, "unknown", unknown.getMessage());
    } catch (RuntimeException notWritten) {
      // its words could not be made, so nothing has left: it is tried again
      log.warn("The weekly mail to {} could not be written", wish.login(), notWritten);
      end(wish.login(), monday, "waiting", String.valueOf(notWritten.getMessage()));
    }
  }

  /** Whether the row is ours: it is new, or waits after a try that surely sent nothing. */
  private boolean claim(String login, LocalDate monday, String to, String messageId, Instant now) {
    List<String> state =
        jdbc.queryForList(
            "SELECT state FROM weekly_mail WHERE login = ? AND week = ?",
            String.class,
            login,
            monday);
    if (!state.isEmpty()) {
      return state.getFirst().equals("waiting")
          && jdbc.update(
                  "UPDATE weekly_mail SET state = 'sending', recipient = ?, message_id = ?, began_at = ?, detail = NULL"
                      + " WHERE login = ? AND week = ? AND state = 'waiting'",
                  to,
                  messageId,
                  Sql.timestamp(now),
                  login,
                  monday)
              == 1;
    }
    try {
      jdbc.update(
          "INSERT INTO weekly_mail (login, week, state, recipient, message_id, began_at) VALUES (?,?,'sending',?,?,?)",
          login,
          monday,
          to,
          messageId,
          Sql.timestamp(now));
      return true;
    } catch (DuplicateKeyException another) {
      return false; // another server was first
    }
  }

  private void end(String login, LocalDate monday, String state, @Nullable String detail) {
    jdbc.update(
        "UPDATE weekly_mail SET state = ?, detail = ? WHERE login = ? AND week = ? AND state = 'sending'",
        state,
        Sql.fit(detail, 500),
        login,
        monday);
  }
}
