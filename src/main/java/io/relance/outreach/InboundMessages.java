package io.relance.outreach;

import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.kernel.Sql;
import io.relance.outreach.permission.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What came in: answers of payers by any channel, and words about messages that did not reach them.
 * Each is filed once, whoever sent it; what nobody can be found for waits for a person, too.
 */
@Component
public class InboundMessages {

  private static final int BODY_MAX = 100_000;

  /** Who does what a payer asks for in a message: nobody else had a hand in it. */
  public static final Actor PAYER = Actor.system("payer-reply");

  /** What it is. */
  public enum Kind {
    /** A person wrote; it waits to be read. */
    REPLY,
    /** A machine wrote that nobody is there. */
    AUTO_REPLY,
    /** A message of ours did not arrive. */
    BOUNCE,
    /** The payer does not want this channel any more. */
    OPT_OUT,
    /** The payer wants it again. */
    OPT_IN;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Something that came in.
   *
   * @param source identifies it where it came from, such as {@code twilio-SM…} or {@code mail-<…>};
   *     the same one is filed once
   * @param payerId whose it is; null if nobody is found for it
   * @param noticeId the message of ours that it is about
   * @param attachments their names; their contents stay where they came from
   */
  public record Arrived(
      String source,
      Kind kind,
      Channel channel,
      String sender,
      @Nullable Long payerId,
      @Nullable Long noticeId,
      @Nullable String subject,
      String body,
      List<String> attachments) {}

  /** As it is kept. */
  public record Kept(
      long id,
      String kind,
      String channel,
      String sender,
      @Nullable Long payerId,
      @Nullable String customerId,
      @Nullable String customerName,
      @Nullable Long noticeId,
      @Nullable String subject,
      String body,
      @Nullable String attachments,
      Instant receivedAt,
      @Nullable Instant readAt,
      @Nullable String readBy) {}

  /** A page of them; {@code unread} counts all that wait to be read. */
  public record Page(List<Kept> items, long total, long unread) {}

  /** Something came in and was filed. Published in the transaction that files it. */
  public record Filed(
      long id,
      Kind kind,
      Channel channel,
      @Nullable Long payerId,
      @Nullable Long noticeId,
      String sender,
      String text) {}

  /** A person read what a payer wrote. Published in the transaction that records it. */
  public record Read(long id, @Nullable Long payerId, Actor actor) {}

  private final JdbcTemplate jdbc;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  InboundMessages(JdbcTemplate jdbc, ApplicationEventPublisher events, InstantSource clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /** Files it; false if it was filed before. */
  @Transactional
  public boolean file(Arrived arrived) {
    if (isFiled(arrived.source())) {
      return false;
    }
    List<String> attachments = arrived.attachments();
    int added =
        jdbc.update(
            """
            INSERT IGNORE INTO inbound_message (source, kind, channel, sender, creditor_id, payer_id, notice_id, subject, body,
              attachments, received_at)
            VALUES (?,?,?,?,(SELECT creditor_id FROM payer WHERE id = ?),?,?,?,?,?,?)
            """,
            Sql.fit(arrived.source(), 200),
            arrived.kind().word(),
            arrived.channel().word(),
            Sql.fit(arrived.sender(), 254),
            arrived.payerId(),
            arrived.payerId(),
            arrived.noticeId(),
            Sql.fit(arrived.subject(), 300),
            Sql.fit(arrived.body(), BODY_MAX),
            attachments.isEmpty() ? null : Sql.fit(String.join(", ", attachments), 1000),
            Sql.timestamp(clock.instant()));
    if (added == 0) {
      return false;
    }
    Long id =
        jdbc.queryForObject(
            "SELECT id FROM inbound_message WHERE source = ?",
            Long.class,
            Sql.fit(arrived.source(), 200));
    events.publishEvent(
        new Filed(
            id == null ? 0 : id,
            arrived.kind(),
            arrived.channel(),
            arrived.payerId(),
            arrived.noticeId(),
            arrived.sender(),
            summary(arrived)));
    return true;
  }

  private static String summary(Arrived arrived) {
    String text = arrived.body().isBlank() ? arrived.subject() : arrived.body();
    String line = text == null ? "" : QuotedHistory.without(text).replaceAll("\\s+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  /** Whether this was filed already, be it that its payer was erased since. */
  public boolean isFiled(String source) {
    Long found =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM inbound_message WHERE source IN (?, ?)",
            Long.class,
            Sql.fit(source, 200),
            "erased-" + Digests.sha256(String.valueOf(Sql.fit(source, 200))));
    return found != null && found > 0;
  }

  /**
   * A person read it; false if it is not there, or was read before.
   *
   * @param payerId whose it is, where nobody was found for it; ignored otherwise
   */
  @Transactional
  public boolean read(long id, @Nullable Long payerId, Actor actor) {
    int changed =
        jdbc.update(
            """
            UPDATE inbound_message SET read_at = ?, read_by = ?,
              creditor_id = COALESCE(creditor_id, (SELECT creditor_id FROM payer WHERE payer.id = ?)),
              payer_id = COALESCE(payer_id, ?)
            WHERE id = ? AND read_at IS NULL
            """,
            Sql.timestamp(clock.instant()),
            actor.name(),
            payerId,
            payerId,
            id);
    if (changed == 0) {
      return false;
    }
    Long owner =
        jdbc.queryForObject("SELECT payer_id FROM inbound_message WHERE id = ?", Long.class, id);
    events.publishEvent(new Read(id, owner, actor));
    return true;
  }

  /** Whether this payer wrote by this channel since then. */
  public boolean wroteSince(long payerId, Channel channel, Instant then) {
    Long found =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM inbound_message WHERE payer_id = ? AND channel = ? AND received_at > ? AND kind <> 'bounce'",
            Long.class,
            payerId,
            channel.word(),
            Sql.timestamp(then));
    return found != null && found > 0;
  }

  /** How many answers nobody has read. */
  public long unread() {
    Long unread =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM inbound_message WHERE read_at IS NULL AND kind = 'reply'",
            Long.class);
    return unread == null ? 0 : unread;
  }

  /** How many answers of this payer nobody has read. */
  public long unreadOf(long payerId) {
    Long unread =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM inbound_message WHERE payer_id = ? AND read_at IS NULL AND kind = 'reply'",
            Long.class,
            payerId);
    return unread == null ? 0 : unread;
  }

  /**
   * Newest first.
   *
   * @param unread only what waits to be read
   */
  public Page list(boolean unread, @Nullable String customer, int page, int size) {
    Sql.requirePage(page, size);
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    List<Object> arguments = new ArrayList<>();
    if (unread) {
      where.append(" AND m.read_at IS NULL AND m.kind = 'reply'");
    }
    if (customer != null && !customer.isBlank()) {
      where.append(" AND p.number = ?");
      arguments.add(customer);
    }
    Long total =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM (SELECT 1" + FROM + where + " LIMIT 10000) counted",
            Long.class,
            arguments.toArray());
    arguments.add(size);
    arguments.add(page * size);
    return new Page(
        jdbc.query(
            COLUMNS + FROM + where + " ORDER BY m.received_at DESC, m.id DESC LIMIT ? OFFSET ?",
            (rs, n) -> kept(rs),
            arguments.toArray()),
        total == null ? 0 : total,
        unread());
  }

  public Optional<Kept> find(long id) {
    return jdbc.query(COLUMNS + FROM + " WHERE m.id = ?", (rs, n) -> kept(rs), id).stream()
        .findFirst();
  }

  private static final String COLUMNS =
      "SELECT m.id, m.kind, m.channel, m.sender, m.payer_id, p.number, p.name, m.notice_id, m.subject, m.body, m.attachments,"
          + " m.received_at, m.read_at, m.read_by";
  private static final String FROM =
      " FROM inbound_message m LEFT JOIN payer p ON p.id = m.payer_id";

  private static Kept kept(ResultSet rs) throws SQLException {
    return new Kept(
        rs.getLong(1),
        rs.getString(2),
        rs.getString(3),
        rs.getString(4),
        Sql.number(rs, "payer_id"),
        rs.getString(6),
        rs.getString(7),
        Sql.number(rs, "notice_id"),
        rs.getString(9),
        rs.getString(10),
        rs.getString(11),
        Sql.requiredInstant(rs, "received_at"),
        Sql.instant(rs, "read_at"),
        rs.getString(14));
  }
}
