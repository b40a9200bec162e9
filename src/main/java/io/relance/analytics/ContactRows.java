package io.relance.analytics;

import static io.relance.analytics.AgreementFigures.ofPayers;
import static io.relance.analytics.AgreementFigures.values;

import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The single calls, visits, messages and answers behind the numbers of {@link ContactFigures}. */
@Component
public class ContactRows {

  /** What rows are asked for. */
  public enum Kind {
    CALL("call"),
    VISIT("visit"),
    /** A call or a visit. */
    TALK("talk"),
    MESSAGE("message"),
    ANSWER("answer");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Kind of(@Nullable String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "kind can be call, visit, talk, message or answer, not '" + word + "'");
    }
  }

  private static final String REACHED = "reached";

  /** States of messages that a number of the table counts. */
  private static final Map<String, String> RESULTS =
      Map.of(
          "sent", "'sent','delivered'",
          "delivered", "'delivered'",
          "failed", "'failed'",
          "unsure", "'unknown'");

  /**
   * Which of them.
   *
   * @param outcome of calls and visits, as they are recorded; null for all
   * @param channel of messages and answers; null for all
   * @param result of messages: {@code sent}, {@code delivered}, {@code failed}, {@code unsure}; of
   *     calls and visits: {@code reached}; null for all
   * @param reason that was told for not having paid; null for all
   * @param by who called; null for everybody
   */
  public record Asked(
      Kind kind,
      @Nullable String outcome,
      @Nullable String channel,
      @Nullable String result,
      @Nullable String reason,
      @Nullable String by) {

    public Asked {
      if (result != null && !result.equals(REACHED) && !RESULTS.containsKey(result)) {
        throw new IllegalArgumentException(
            "result can be sent, delivered, failed, unsure or reached, not '" + result + "'");
      }
    }
  }

  /**
   * A contact.
   *
   * @param tone of a message; null for others
   * @param result the outcome of a call, the state of a message; null for an answer
   * @param by who called; null for messages and answers
   * @param messageId of a message of ours; null for others
   */
  public record Row(
      Instant at,
      String customer,
      String name,
      String channel,
      @Nullable String tone,
      @Nullable String result,
      @Nullable String by,
      @Nullable Long messageId) {}

  private final JdbcTemplate jdbc;

  ContactRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A part of them, the newest first. */
  public List<Row> rows(Cut cut, Span span, Asked asked, int offset, int limit) {
    List<Object> before = new ArrayList<>(List.of(span.begin(), span.end()));
    String sql =
        switch (asked.kind()) {
          case CALL, VISIT, TALK -> calls(asked, before);
          case MESSAGE -> messages(asked, before);
          case ANSWER -> answers(asked, before);
        };
    List<Object> all = new ArrayList<>(List.of(values(cut, before.toArray())));
    all.add(limit);
    all.add(offset);
    return jdbc.query(
        sql + ofPayers(cut) + " ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",
        (rs, n) -> row(rs),
        all.toArray());
  }

  private static String calls(Asked asked, List<Object> values) {
    if (asked.kind() != Kind.TALK) {
      values.add(asked.kind() == Kind.VISIT);
    }
    return "SELECT c.id, c.called_at AS at, p.number, p.name, CASE WHEN c.visit THEN 'visit' ELSE 'call' END AS channel, NULL AS tone,"
        + " c.outcome AS result, c.actor AS made_by, NULL AS message FROM payer_call c JOIN payer p ON p.id = c.payer_id"
        + " WHERE c.called_at >= ? AND c.called_at < ?"
        + (asked.reason() == null ? " AND c.outcome <> 'skipped'" : "")
        + (asked.kind() == Kind.TALK ? "" : " AND c.visit = ?")
        + (REACHED.equals(asked.result())
            ? " AND c.outcome NOT IN ('no-answer','wrong-number')"
            : "")
        + equal("c.outcome", asked.outcome(), values)
        + equal("c.nonpayment_reason", asked.reason(), values)
        + equal("c.actor", asked.by(), values);
  }

  private static String messages(Asked asked, List<Object> values) {
    String result = asked.result();
    return "SELECT n.id, n.planned_at AS at, p.number, p.name, n.channel, n.tone, n.state AS result, NULL AS made_by, n.id AS message"
        + " FROM notice n JOIN payer p ON p.id = n.payer_id WHERE n.planned_at >= ? AND n.planned_at < ? AND n.state IN ("
        + (result == null || result.equals(REACHED)
            ? "'sent','delivered','failed','unknown'"
            : RESULTS.get(result))
        + ")"
        + equal("n.channel", asked.channel(), values);
  }

  private static String answers(Asked asked, List<Object> values) {
    return "SELECT m.id, m.received_at AS at, p.number, p.name, m.channel, NULL AS tone, NULL AS result, NULL AS made_by, NULL AS message"
        + " FROM inbound_message m JOIN payer p ON p.id = m.payer_id WHERE m.received_at >= ? AND m.received_at < ? AND m.kind = 'reply'"
        + equal("m.channel", asked.channel(), values);
  }

  /** A condition, where a value is asked for. */
  static String equal(String column, @Nullable String value, List<Object> values) {
    if (value == null) {
      return "";
    }
    values.add(value);
    return " AND " + column + " = ?";
  }

  private static Row row(ResultSet rs) throws SQLException {
    return new Row(
        Sql.requiredInstant(rs, "at"),
        rs.getString("number"),
        rs.getString("name"),
        rs.getString("channel"),
        rs.getString("tone"),
        rs.getString("result"),
        rs.getString("made_by"),
        Sql.number(rs, "message"));
  }
}
