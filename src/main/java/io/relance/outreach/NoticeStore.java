package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.outreach.permission.Channel;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The rows of notices. */
@Component
public class NoticeStore {

  /**
   * A notice as it is kept.
   *
   * @param sendingAt when the other side was contacted, by the system's own clock; null if it was
   *     not yet
   * @param code what its payment code holds
   * @param carrier who was contacted; null before
   * @param deducted as {@link Notice#deducted()}
   */
  public record Kept(
      long id,
      long payerId,
      Channel channel,
      Tone tone,
      String language,
      String state,
      LocalDate day,
      String recipient,
      String subject,
      String text,
      String html,
      String messageId,
      String factsHash,
      @Nullable Long planId,
      @Nullable Instant sendingAt,
      @Nullable String code,
      @Nullable String carrier,
      String deducted) {}

  private final JdbcTemplate jdbc;
  private final NoticeDocuments documents;

  NoticeStore(JdbcTemplate jdbc, NoticeDocuments documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** Keeps a notice that is about to be sent, with its items. */
  long add(Notice notice, RenderedNotice rendered, String messageId, Instant now) {
    return add(notice, rendered, messageId, now, "planned", notice.day());
  }

  /** Keeps a letter that a person is to post. */
  long addLetter(Notice notice, RenderedNotice rendered, String messageId, Instant now) {
    return add(notice, rendered, messageId, now, "prepared", null);
  }

  private long add(
      Notice notice,
      RenderedNotice rendered,
      String messageId,
      Instant now,
      String state,
      @Nullable LocalDate dayTaken) {
    var keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO notice (creditor_id, payer_id, channel, tone, language, state, business_date, day_taken, recipient,
                    subject, body_text, body_html, message_id, facts_hash, planned_at, plan_id, template_version, payment_code,
                    segments, deducted)
                  VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
                  """,
                  Statement.RETURN_GENERATED_KEYS);
          insert.setLong(1, notice.creditor().key());
          insert.setLong(2, notice.payer().id());
          insert.setString(3, notice.channel().word());
          insert.setString(4, notice.tone().word());
          insert.setString(5, rendered.language());
          insert.setString(6, state);
          insert.setObject(7, notice.day());
          insert.setObject(8, dayTaken);
          insert.setString(9, Sql.fit(notice.recipient(), 254));
          insert.setString(10, Sql.fit(rendered.subject(), 300));
          insert.setString(11, rendered.text());
          insert.setString(12, rendered.html());
          insert.setString(13, messageId);
          insert.setString(14, notice.factsHash());
          insert.setTimestamp(15, Sql.timestamp(now));
          insert.setObject(16, notice.plan() == null ? null : notice.plan().planId());
          insert.setInt(17, rendered.version());
          insert.setString(18, rendered.code().isEmpty() ? null : rendered.code());
          insert.setObject(
              19, notice.channel() == Channel.SMS ? SmsSegments.of(rendered.text()) : null);
          insert.setString(20, notice.deducted());
          return insert;
        },
        keys);
    long id = Objects.requireNonNull(keys.getKey()).longValue();
    jdbc.batchUpdate(
        "INSERT INTO notice_item (notice_id, invoice_id, open_amount, currency, due_date) VALUES (?,?,?,?,?)",
        notice.items().stream()
            .map(i -> new Object[] {id, i.id(), i.claimed().amount(), i.currency(), i.dueDate()})
            .toList());
    documents.add(id, notice, rendered);
    return id;
  }

  /** The notice that is on its way: planned, or in the hands of the mail server. */
  Optional<Kept> underWayOf(long payerId) {
    return find("payer_id = ? AND state IN ('planned','sending')", payerId);
  }

  /**
   * From now on it is not certain that it has not left.
   *
   * @param at by the system's own clock
   */
  void markSending(long noticeId, String carrier, Instant at) {
    jdbc.update(
        "UPDATE notice SET state = 'sending', carrier = ?, sending_at = ? WHERE id = ?",
        carrier,
        Sql.timestamp(at),
        noticeId);
  }

  /** The message that has, or may have, reached the payer that day. */
  Optional<Kept> ofDay(long payerId, LocalDate day) {
    return find("payer_id = ? AND channel <> 'letter' AND day_taken = ?", payerId, day);
  }

  /** The newest statement of account that the payer got, or may have got, since that day. */
  Optional<Kept> statementSince(long payerId, LocalDate day) {
    return find(
        "id = (SELECT MAX(id) FROM notice WHERE payer_id = ? AND tone IN ('statement','firm-statement')"
            + " AND state IN ('sent','delivered','unknown') AND business_date >= ?)",
        payerId,
        day);
  }

  Optional<Kept> find(long noticeId) {
    return find("id = ?", noticeId);
  }

  private Optional<Kept> find(String where, Object... arguments) {
    return jdbc
        .query(
            "SELECT id, payer_id, channel, tone, language, state, business_date, recipient, subject, body_text, body_html, message_id,"
                + " facts_hash, plan_id, sending_at, payment_code, carrier, deducted"
                + " FROM notice WHERE "
                + where
                + " ORDER BY id LIMIT 1",
            (rs, n) ->
                new Kept(
                    rs.getLong(1),
                    rs.getLong(2),
                    Channel.of(rs.getString(3)),
                    Tone.of(rs.getString(4)),
                    rs.getString(5),
                    rs.getString(6),
                    rs.getObject(7, LocalDate.class),
                    rs.getString(8),
                    rs.getString(9),
                    rs.getString(10),
                    rs.getString(11),
                    rs.getString(12),
                    rs.getString(13),
                    Sql.number(rs, "plan_id"),
                    Sql.instant(rs, "sending_at"),
                    rs.getString("payment_code"),
                    rs.getString("carrier"),
                    rs.getString("deducted")),
            arguments)
        .stream()
        .findFirst();
  }

  List<Long> invoicesOf(long noticeId) {
    return jdbc.queryForList(
        "SELECT invoice_id FROM notice_item WHERE notice_id = ? ORDER BY due_date, invoice_id",
        Long.class,
        noticeId);
  }

  /** What a notice asked for each of its invoices. */
  Map<Long, BigDecimal> claimsOf(long noticeId) {
    Map<Long, BigDecimal> claims = new LinkedHashMap<>();
    jdbc.query(
        "SELECT invoice_id, open_amount FROM notice_item WHERE notice_id = ?",
        rs -> {
          claims.put(rs.getLong(1), rs.getBigDecimal(2));
        },
        noticeId);
    return claims;
  }

  void settle(long noticeId, String state, @Nullable Instant sentAt, @Nullable String error) {
    jdbc.update(
        "UPDATE notice SET state = ?, sent_at = ?, error = ?, day_taken = CASE WHEN ? THEN NULL ELSE day_taken END"
            + " WHERE id = ?",
        state,
        Sql.timestampOrNull(sentAt),
        Sql.fit(error, 1000),
        state.equals("failed"),
        noticeId);
  }

  /**
   * Where a letter is that was given to a provider: {@code submitted}, or {@code submitting} or
   * {@code unknown} if nobody can tell; empty if no provider can have it.
   */
  Optional<String> withProvider(long noticeId) {
    return jdbc
        .queryForList(
            "SELECT state FROM postal_submission WHERE notice_id = ? AND state IN ('submitting','submitted','unknown')",
            String.class,
            noticeId)
        .stream()
        .findFirst();
  }

  /** It did not arrive; when it left stays known. */
  void fail(long noticeId, String reason) {
    jdbc.update(
        "UPDATE notice SET state = 'failed', error = ?, day_taken = NULL WHERE id = ?",
        Sql.fit(reason, 1000),
        noticeId);
  }

  void nameByProvider(long noticeId, String providerId) {
    jdbc.update("UPDATE notice SET provider_id = ? WHERE id = ?", providerId, noticeId);
  }

  Optional<Kept> ofProvider(String providerId) {
    return find("provider_id = ?", providerId);
  }

  /** The other side says that the payer has it. */
  void markDelivered(long noticeId, Instant at) {
    jdbc.update(
        "UPDATE notice SET state = 'delivered', delivered_at = ?, sent_at = COALESCE(sent_at, ?), error = NULL WHERE id = ?",
        Sql.timestamp(at),
        Sql.timestamp(at),
        noticeId);
  }

  void carriedBy(long noticeId, String carrier) {
    jdbc.update("UPDATE notice SET carrier = ? WHERE id = ?", carrier, noticeId);
  }

  /** The letter of a payer that waits to be posted; formal notices have processes of their own. */
  Optional<Kept> letterToPost(long payerId) {
    return find(
        "payer_id = ? AND channel = 'letter' AND state = 'prepared' AND tone <> 'formal'", payerId);
  }

  /** Takes back a notice that surely did not leave. */
  void remove(long noticeId) {
    jdbc.update("DELETE FROM notice_item WHERE notice_id = ?", noticeId);
    documents.remove(noticeId);
    jdbc.update("DELETE FROM notice WHERE id = ?", noticeId);
  }
}
