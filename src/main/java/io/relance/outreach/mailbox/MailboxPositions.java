package io.relance.outreach.mailbox;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How far mailboxes were read. It is our own note, not a flag at the server: people look into the
 * same mailbox, and what they have opened there is still to be filed.
 */
@Component
class MailboxPositions {

  /**
   * A place in a mailbox.
   *
   * @param validity of the server's numbers: with another one they mean other mails
   * @param next the lowest number that was not read yet
   * @param newest when the newest mail that was read reached the server
   */
  record Position(long validity, long next, @Nullable Instant newest) {

    /** After one more mail. */
    Position past(long uid, @Nullable Instant receivedAt) {
      return new Position(
          validity,
          Math.max(next, uid + 1),
          receivedAt == null || (newest != null && newest.isAfter(receivedAt))
              ? newest
              : receivedAt);
    }
  }

  private final JdbcTemplate jdbc;

  MailboxPositions(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Position> of(String mailbox) {
    return jdbc
        .query(
            "SELECT uid_validity, next_uid, newest_at FROM mailbox_position WHERE mailbox = ?",
            (rs, n) -> new Position(rs.getLong(1), rs.getLong(2), Sql.instant(rs, "newest_at")),
            Sql.fit(mailbox, 300))
        .stream()
        .findFirst();
  }

  void save(String mailbox, Position position) {
    jdbc.update(
        """
        INSERT INTO mailbox_position (mailbox, uid_validity, next_uid, newest_at) VALUES (?,?,?,?)
        ON DUPLICATE KEY UPDATE uid_validity = VALUES(uid_validity), next_uid = VALUES(next_uid), newest_at = VALUES(newest_at)
        """,
        Sql.fit(mailbox, 300),
        position.validity(),
        position.next(),
        Sql.timestampOrNull(position.newest()));
  }
}
