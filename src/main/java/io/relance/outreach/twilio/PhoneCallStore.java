package io.relance.outreach.twilio;

import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.permission.Contact;
import io.relance.outreach.permission.ContactLog;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The rows of calls that were put through, and where agents' own telephones ring. */
@Component
class PhoneCallStore implements ContactLog {

  /** As it is kept. */
  record Kept(
      long id,
      long payerId,
      boolean announced,
      String login,
      @Nullable String agentNumber,
      String payerNumber,
      @Nullable Long taskKey,
      @Nullable String language,
      @Nullable String words,
      String state,
      @Nullable Integer seconds,
      @Nullable String error,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String providerId) {}

  private static final String COLUMNS =
      "SELECT id, payer_id, kind, login, agent_number, payer_number, task_key, language, words, state, seconds, error,"
          + " started_at, ended_at, provider_id FROM phone_call WHERE ";

  private final JdbcTemplate jdbc;
  private final Creditors creditors;

  PhoneCallStore(JdbcTemplate jdbc, Creditors creditors) {
    this.jdbc = jdbc;
    this.creditors = creditors;
  }

  long add(
      long payerId,
      String login,
      @Nullable String agentNumber,
      String payerNumber,
      @Nullable Long taskKey,
      Announcements.@Nullable Text text,
      Instant now) {
    var keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO phone_call (payer_id, kind, login, agent_number, payer_number, task_key, language, words, state, started_at)
                  VALUES (?,?,?,?,?,?,?,?,'dialling',?)
                  """,
                  Statement.RETURN_GENERATED_KEYS);
          insert.setLong(1, payerId);
          insert.setString(2, text == null ? "connect" : "announce");
          insert.setString(3, login);
          insert.setString(4, agentNumber);
          insert.setString(5, payerNumber);
          insert.setObject(6, taskKey);
          insert.setString(7, text == null ? null : text.language());
          insert.setString(8, text == null ? null : Sql.fit(text.words(), 2000));
          insert.setTimestamp(9, Sql.timestamp(now));
          return insert;
        },
        keys);
    return Objects.requireNonNull(keys.getKey()).longValue();
  }

  Optional<Kept> find(long id) {
    return query("id = ?", id).stream().findFirst();
  }

  /** Newest first. */
  List<Kept> ofPayer(long payerId, int limit) {
    return query("payer_id = ? ORDER BY started_at DESC, id DESC LIMIT " + limit, payerId);
  }

  /** Whether a call to this payer began since then and has not ended. */
  boolean isUnderWay(long payerId, Instant since) {
    return !query(
            "payer_id = ? AND started_at > ? AND ended_at IS NULL", payerId, Sql.timestamp(since))
        .isEmpty();
  }

  /** Calls that began before then, of whose end nobody has heard; the oldest first. */
  List<Kept> underWaySince(Instant before, int limit) {
    return query(
        "ended_at IS NULL AND started_at < ? ORDER BY started_at LIMIT " + limit,
        Sql.timestamp(before));
  }

  /** Whether a call was put through for this task. */
  boolean wasMadeFor(long taskKey) {
    return !query("task_key = ? LIMIT 1", taskKey).isEmpty();
  }

  private List<Kept> query(String where, Object... arguments) {
    return jdbc.query(
        COLUMNS + where,
        (rs, n) -> {
          Long seconds = Sql.number(rs, "seconds");
          return new Kept(
              rs.getLong(1),
              rs.getLong(2),
              rs.getString(3).equals("announce"),
              rs.getString(4),
              rs.getString(5),
              rs.getString(6),
              Sql.number(rs, "task_key"),
              rs.getString(8),
              rs.getString(9),
              rs.getString(10),
              seconds == null ? null : seconds.intValue(),
              rs.getString(12),
              Sql.requiredInstant(rs, "started_at"),
              Sql.instant(rs, "ended_at"),
              rs.getString("provider_id"));
        },
        arguments);
  }

  void nameByProvider(long id, String providerId) {
    jdbc.update("UPDATE phone_call SET provider_id = ? WHERE id = ?", providerId, id);
  }

  /** False if it had ended already: the first word of its end stays. */
  boolean end(
      long id, String state, @Nullable Integer seconds, @Nullable String error, Instant now) {
    return jdbc.update(
            "UPDATE phone_call SET state = ?, seconds = ?, error = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL",
            state,
            seconds,
            Sql.fit(error, 300),
            Sql.timestamp(now),
            id)
        == 1;
  }

  @Nullable String numberOf(String login) {
    return jdbc
        .queryForList("SELECT number FROM agent_phone WHERE login = ?", String.class, login)
        .stream()
        .findFirst()
        .orElse(null);
  }

  void remember(String login, String number, Instant now) {
    jdbc.update(
        """
        INSERT INTO agent_phone (login, number, changed_at) VALUES (?,?,?)
        ON DUPLICATE KEY UPDATE number = VALUES(number), changed_at = VALUES(changed_at)
        """,
        login,
        number,
        Sql.timestamp(now));
  }

  /** A call of a task is counted with the outcome that the agent takes down. */
  @Override
  public List<Contact.Made> since(long payerId, LocalDate day) {
    BusinessCalendar calendar = creditors.findByPayer(payerId).orElseThrow().calendar();
    return jdbc.query(
        "SELECT started_at FROM phone_call WHERE payer_id = ? AND started_at >= ? AND task_key IS NULL"
            + " AND state NOT IN ('failed','agent-away','canceled')",
        (rs, n) ->
            new Contact.Made(
                Channel.CALL.word(),
                calendar.dateOf(Sql.requiredInstant(rs, "started_at")).toString()),
        payerId,
        Sql.timestamp(day.atStartOfDay(calendar.zone()).toInstant()));
  }
}
