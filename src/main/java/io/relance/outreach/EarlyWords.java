package io.relance.outreach;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A provider may tell that a message arrived before our own transaction, which records what the
 * provider calls it, is committed. Nobody says such a word twice, so it is kept until it finds its
 * message.
 */
@Component
class EarlyWords {

  private static final int SWEPT_MAX = 200;

  /**
   * @param reason why it did not arrive, in words
   */
  record Word(boolean arrived, @Nullable String reason) {}

  /** A word that found its message. */
  record Found(long noticeId, String providerId) {}

  private final JdbcTemplate jdbc;

  EarlyWords(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The first word about a message is its last state: what follows says no more. */
  void keep(String providerId, boolean arrived, @Nullable String reason, Instant now) {
    jdbc.update(
        "INSERT IGNORE INTO delivery_word (provider_id, arrived, reason, heard_at) VALUES (?,?,?,?)",
        providerId,
        arrived,
        Sql.fit(reason, 1000),
        Sql.timestamp(now));
  }

  /** Takes what was heard of this message. */
  Optional<Word> take(String providerId) {
    Optional<Word> word =
        jdbc
            .query(
                "SELECT arrived, reason FROM delivery_word WHERE provider_id = ?",
                (rs, n) -> new Word(rs.getBoolean(1), rs.getString(2)),
                providerId)
            .stream()
            .findFirst();
    if (word.isPresent()) {
      jdbc.update("DELETE FROM delivery_word WHERE provider_id = ?", providerId);
    }
    return word;
  }

  /** Words whose message has got its name meanwhile, in the order of their payers. */
  List<Found> found() {
    return jdbc.query(
        "SELECT n.id, w.provider_id FROM delivery_word w JOIN notice n ON n.provider_id = w.provider_id"
            + " ORDER BY n.payer_id, n.id LIMIT "
            + SWEPT_MAX,
        (rs, n) -> new Found(rs.getLong(1), rs.getString(2)));
  }

  void forgetBefore(Instant then) {
    jdbc.update("DELETE FROM delivery_word WHERE heard_at < ?", Sql.timestamp(then));
  }
}
