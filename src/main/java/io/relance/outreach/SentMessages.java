package io.relance.outreach;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Mails that went to payers, found again by what others know of them: their Message-ID, or the
 * random UUID inside it, which serves as the token by which their reader unsubscribes.
 */
@Component
public class SentMessages {

  /** The parent and what came before it: more would only make the header long. */
  private static final int THREAD_MAX = 10;

  private static final Pattern OURS =
      Pattern.compile(
          "<notice\\.([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})@[^<>\\s]{1,120}>");
  private static final Pattern TOKEN =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /**
   * A mail to a payer.
   *
   * @param customerId the payer's customer number
   * @param recipient the address that it went to
   * @param language that it was written in, ISO 639-1
   */
  public record Sent(
      long noticeId,
      long payerId,
      String customerId,
      String creditorName,
      String recipient,
      String language) {}

  private static final String SELECT =
      "SELECT n.id, n.payer_id, p.number, k.name, n.recipient, n.language FROM notice n"
          + " JOIN payer p ON p.id = n.payer_id JOIN creditor k ON k.id = n.creditor_id WHERE n.channel = 'email' AND ";

  private final JdbcTemplate jdbc;

  SentMessages(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The mail with this Message-ID; empty if it is none of ours. */
  public Optional<Sent> named(String messageId) {
    return token(messageId) == null ? Optional.empty() : find("n.message_id = ?", messageId);
  }

  /** The mail of this token; empty if there is none, or it is no token at all. */
  public Optional<Sent> ofToken(String token) {
    return TOKEN.matcher(token).matches()
        ? find("n.message_id LIKE ?", "<notice." + token + "@%")
        : Optional.empty();
  }

  private Optional<Sent> find(String where, String value) {
    return jdbc.query(SELECT + where, (rs, n) -> sent(rs), value).stream().findFirst();
  }

  private static Sent sent(ResultSet rs) throws SQLException {
    return new Sent(
        rs.getLong(1),
        rs.getLong(2),
        rs.getString(3),
        rs.getString(4),
        rs.getString(5),
        rs.getString(6));
  }

  /** The Message-IDs of ours in a text, in their order. */
  public static List<String> namedIn(String text) {
    return OURS.matcher(text).results().map(r -> r.group()).distinct().limit(THREAD_MAX).toList();
  }

  /** The token inside a Message-ID of ours; null in any other. */
  static @Nullable String token(String messageId) {
    Matcher ours = OURS.matcher(messageId);
    return ours.matches() ? ours.group(1) : null;
  }

  /**
   * The Message-IDs of the latest mails that the payer has, or may have, at this address, oldest
   * first: what a mail that is to follow them belongs to.
   */
  List<String> before(NoticeStore.Kept notice) {
    return jdbc.queryForList(
            "SELECT message_id FROM notice WHERE payer_id = ? AND channel = 'email' AND id < ? AND recipient = ?"
                + " AND state IN ('sent','delivered','unknown') ORDER BY id DESC LIMIT "
                + THREAD_MAX,
            String.class,
            notice.payerId(),
            notice.id(),
            notice.recipient())
        .reversed();
  }
}
