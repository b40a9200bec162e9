package io.relance.access;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who did what to what, when. Rows are only ever added; when a payer is erased, what was written of
 * them goes, and the acts stay.
 */
@Component
public class Audit {

  /** An act that was kept. */
  public record Entry(Instant at, String actor, String action, @Nullable String detail) {}

  private static final int SHOWN = 100;

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  Audit(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Keeps an act.
   *
   * @param action a verb and its object, such as {@code complete-task}
   * @param subject what it was done to, such as {@code task 2251799813685263}
   */
  public void record(Actor actor, String action, String subject, @Nullable String detail) {
    jdbc.update(
        "INSERT INTO audit_event (at, actor, action, subject, detail) VALUES (?,?,?,?,?)",
        Sql.timestamp(clock.instant()),
        actor.name(),
        action,
        Sql.fit(subject, 200),
        Sql.fit(detail, 1000));
  }

  /** What was done to a subject, the latest first. */
  public List<Entry> of(String subject) {
    return jdbc.query(
        "SELECT at, actor, action, detail FROM audit_event WHERE subject = ? ORDER BY at DESC, id"
            + " DESC LIMIT "
            + SHOWN,
        (rs, n) ->
            new Entry(
                Sql.requiredInstant(rs, "at"), rs.getString(2), rs.getString(3), rs.getString(4)),
        subject);
  }

  /** Takes away what is told of acts on these, such as {@code customer 17}, or on parts of them. */
  public void eraseDetails(List<String> subjects) {
    subjects.forEach(
        subject ->
            jdbc.update(
                "UPDATE audit_event SET detail = 'erased' WHERE detail IS NOT NULL AND (subject = ?"
                    + " OR subject LIKE ? ESCAPE '!')",
                subject,
                subject.replace("!", "!!").replace("%", "!%").replace("_", "!_") + ", %"));
  }
}
