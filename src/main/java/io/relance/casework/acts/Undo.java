package io.relance.casework.acts;

import io.relance.casework.Timeline;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import io.relance.ledger.Balances;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes back what a person did by mistake. What was done stands on the payer's timeline, each line
 * under the name of its event, and from there it is found again: the line is struck out and stays,
 * and another one says who undid it.
 */
@Component
public class Undo {

  /** So long an act is offered to be undone; it can be undone later, too. */
  private static final Duration OFFERED = Duration.ofHours(24);

  private static final int OFFERED_MAX = 5;

  private static final String COLUMNS =
      "SELECT t.id, t.payer_id, t.invoice_id, t.at, t.kind, t.actor, t.text, t.event_id, t.undone_by, i.number"
          + " FROM timeline_entry t LEFT JOIN invoice i ON i.id = t.invoice_id WHERE ";

  /** Who wants to undo, and whether they lead agents. */
  public record By(Actor actor, boolean manages) {}

  /**
   * Something that a person did.
   *
   * @param against why it cannot be undone, in words; empty if it can
   */
  public record Act(
      long id,
      Instant at,
      String kind,
      String actor,
      String text,
      @Nullable String invoice,
      String against) {

    public boolean isUndoable() {
      return against.isEmpty();
    }
  }

  /** A line of the timeline as it is found again. */
  record Line(
      long id,
      long payerId,
      @Nullable Long invoiceId,
      Instant at,
      String kind,
      String actor,
      String text,
      String eventId,
      @Nullable String undoneBy,
      @Nullable String invoice) {}

  private final JdbcTemplate jdbc;
  private final UndoKinds kinds;
  private final Balances balances;
  private final Timeline timeline;
  private final InstantSource clock;

  Undo(
      JdbcTemplate jdbc,
      UndoKinds kinds,
      Balances balances,
      Timeline timeline,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.kinds = kinds;
    this.balances = balances;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** What people did of late with a payer, and whether this user can undo it; the newest first. */
  @Transactional(readOnly = true)
  public List<Act> offered(long payerId, By by) {
    List<Line> lines =
        query(
            "t.payer_id = ? AND t.at >= ? AND t.undone_at IS NULL AND t.actor NOT LIKE 'system:%' AND t.kind IN ("
                + kinds.inSql()
                + ") ORDER BY t.at DESC, t.id DESC LIMIT "
                + OFFERED_MAX * 10,
            payerId,
            Sql.timestamp(clock.instant().minus(OFFERED)));
    // an act that is told of several invoices is one
    return lines.stream()
        .filter(line -> kinds.of(line).isPresent())
        .filter(line -> isFirstOfItsAct(line, lines))
        .limit(OFFERED_MAX)
        .map(
            line ->
                new Act(
                    line.id(),
                    line.at(),
                    line.kind(),
                    line.actor(),
                    line.text(),
                    line.invoice(),
                    kinds.of(line).orElseThrow().against(line, by)))
        .toList();
  }

  private boolean isFirstOfItsAct(Line line, List<Line> lines) {
    String act = kinds.actOf(line);
    return lines.stream()
        .filter(l -> l.kind().equals(line.kind()) && kinds.actOf(l).equals(act))
        .findFirst()
        .orElseThrow()
        .equals(line);
  }

  /**
   * Undoes what a line of a payer's timeline tells.
   *
   * @return the line
   * @throws NoSuchElementException if the payer has no such line
   * @throws IllegalArgumentException if it cannot be undone, with the reason
   */
  @Transactional
  public String undo(long payerId, long lineId, By by) {
    balances.lock(List.of(payerId));
    Line line =
        query("t.id = ? AND t.payer_id = ?", lineId, payerId).stream()
            .findFirst()
            .orElseThrow(
                () -> new NoSuchElementException("the customer's timeline has no line " + lineId));
    if (line.undoneBy() != null) {
      throw new IllegalArgumentException("it was undone by " + line.undoneBy() + " already");
    }
    UndoKinds.Kind kind =
        kinds
            .of(line)
            .orElseThrow(
                () -> new IllegalArgumentException("This cannot be undone: " + line.text()));
    String against = kind.against(line, by);
    if (!against.isEmpty()) {
      throw new IllegalArgumentException("This cannot be undone: " + against);
    }
    kind.undo(line, by.actor());
    strikeOut(line, by.actor());
    timeline.tell(
        payerId,
        line.invoiceId(),
        "undone",
        by.actor(),
        "Undone: " + line.text(),
        "undone-" + line.id(),
        null);
    return line.text();
  }

  /** With all the lines that tell of the same act. */
  private void strikeOut(Line line, Actor actor) {
    jdbc.update(
        "UPDATE timeline_entry SET undone_at = ?, undone_by = ? WHERE payer_id = ? AND kind = ? AND (event_id = ? OR event_id LIKE ?)",
        Sql.timestamp(clock.instant()),
        actor.name(),
        line.payerId(),
        line.kind(),
        line.eventId(),
        kinds.actOf(line) + "-%");
  }

  private List<Line> query(String where, Object... arguments) {
    return jdbc.query(
        COLUMNS + where,
        (rs, n) ->
            new Line(
                rs.getLong(1),
                rs.getLong(2),
                Sql.number(rs, "invoice_id"),
                Sql.requiredInstant(rs, "at"),
                rs.getString(5),
                rs.getString(6),
                rs.getString(7),
                rs.getString(8),
                rs.getString(9),
                rs.getString(10)),
        arguments);
  }
}
