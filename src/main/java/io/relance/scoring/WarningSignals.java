package io.relance.scoring;

import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The signs that something changed with a payer, until somebody has seen them. */
@Component
public class WarningSignals {

  /** The same sign is not raised again for so long. */
  private static final int QUIET_DAYS = 30;

  /**
   * @param kind {@code pays-later}, {@code exposure-jump}, {@code bounced}, {@code unreachable},
   *     {@code wrong-number}, {@code no-postal-address} or {@code unusual-request}
   * @param evidence in words
   */
  public record Signal(
      long id,
      String customerId,
      String customerName,
      String kind,
      LocalDate raisedOn,
      String evidence,
      @Nullable String seenBy,
      @Nullable Instant seenAt) {}

  private static final String SELECT =
      "SELECT s.id, p.number, p.name, s.kind, s.raised_on, s.evidence, s.seen_by, s.seen_at"
          + " FROM payer_signal s JOIN payer p ON p.id = s.payer_id";

  private final JdbcTemplate jdbc;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  WarningSignals(JdbcTemplate jdbc, ApplicationEventPublisher events, InstantSource clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /** Raises a sign; false if the same one was raised within the last thirty days. */
  @Transactional
  public boolean raise(long payerId, String kind, LocalDate on, String evidence) {
    Long lately =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM payer_signal WHERE payer_id = ? AND kind = ? AND raised_on > ?",
            Long.class,
            payerId,
            kind,
            on.minusDays(QUIET_DAYS));
    boolean raised =
        (lately == null || lately == 0)
            && jdbc.update(
                    "INSERT IGNORE INTO payer_signal (payer_id, kind, raised_on, evidence) VALUES (?,?,?,?)",
                    payerId,
                    kind,
                    on,
                    Sql.fit(evidence, 1000))
                == 1;
    if (raised) {
      jdbc.query(
          "SELECT id FROM payer_signal WHERE payer_id = ? AND kind = ? AND raised_on = ?",
          rs -> {
            events.publishEvent(new SignalRaised(rs.getLong(1), payerId));
          },
          payerId,
          kind,
          on);
    }
    return raised;
  }

  /** Of one payer, newest first. */
  public List<Signal> ofPayer(long payerId) {
    return query(" WHERE s.payer_id = ? ORDER BY s.raised_on DESC, s.id DESC LIMIT 50", payerId);
  }

  /** Those that nobody has seen, newest first. */
  public List<Signal> open(int max) {
    return query(" WHERE s.seen_at IS NULL ORDER BY s.raised_on DESC, s.id DESC LIMIT " + max);
  }

  /** False if there is none of that id, or somebody has seen it before. */
  @Transactional
  public boolean see(long id, String login) {
    boolean seen = mark(id, login, null);
    if (seen) {
      events.publishEvent(new SignalSeen(id));
    }
    return seen;
  }

  /** As {@link #see}, by the signal's own process, with what was found. */
  @Transactional
  public void close(long id, String login, @Nullable String note) {
    mark(id, login, note);
  }

  private boolean mark(long id, String login, @Nullable String note) {
    return jdbc.update(
            "UPDATE payer_signal SET seen_by = ?, seen_at = ?, note = ? WHERE id = ? AND seen_at IS NULL",
            login,
            Sql.timestamp(clock.instant()),
            Sql.fit(note, 800),
            id)
        == 1;
  }

  private List<Signal> query(String where, Object... arguments) {
    return jdbc.query(
        SELECT + where,
        (rs, n) ->
            new Signal(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                Sql.requiredDate(rs, "raised_on"),
                rs.getString(6),
                rs.getString(7),
                Sql.instant(rs, "seen_at")),
        arguments);
  }
}
