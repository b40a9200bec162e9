package io.relance.casework;

import io.relance.engine.NotYet;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of cases and of the steps they took. */
@Component
public class Cases {

  private static final String COLUMNS =
      "SELECT id, invoice_id, payer_id, state, process_instance_key, opened_at, closed_at, close_reason, next_step_at FROM collection_case ";

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  Cases(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Optional<CollectionCase> find(long id) {
    return query("WHERE id = ?", id).stream().findFirst();
  }

  /** The case that runs, or the last one that did. */
  public Optional<CollectionCase> latestOf(long invoiceId) {
    return query("WHERE invoice_id = ? ORDER BY id DESC LIMIT 1", invoiceId).stream().findFirst();
  }

  public Optional<CollectionCase> liveOf(long invoiceId) {
    return query("WHERE invoice_id = ? AND live = 1", invoiceId).stream().findFirst();
  }

  /** The cases of a payer that run. */
  public List<CollectionCase> liveOfPayer(long payerId) {
    return query("WHERE payer_id = ? AND live = 1", payerId);
  }

  private List<CollectionCase> query(String where, long id) {
    return jdbc.query(
        COLUMNS + where,
        (rs, n) ->
            new CollectionCase(
                rs.getLong("id"),
                rs.getLong("invoice_id"),
                rs.getLong("payer_id"),
                rs.getString("state"),
                Sql.number(rs, "process_instance_key"),
                Sql.requiredInstant(rs, "opened_at"),
                Sql.instant(rs, "closed_at"),
                rs.getString("close_reason"),
                Sql.instant(rs, "next_step_at")),
        id);
  }

  /** Gives the case to a process; false if another one has it, or it is closed. */
  boolean claim(long caseId, long processInstanceKey) {
    return jdbc.update(
            """
            UPDATE collection_case SET process_instance_key = ?, state = 'active', started_at = COALESCE(started_at, ?)
            WHERE id = ? AND live = 1 AND (process_instance_key IS NULL OR process_instance_key = ?)
            """,
            processInstanceKey,
            Sql.timestamp(clock.instant()),
            caseId,
            processInstanceKey)
        == 1;
  }

  /**
   * Gives the case to a process whose start was told to the engine, where the process that has it
   * is none that the engine runs.
   *
   * <p>An engine that dies may have handed out a job of a process before that process was on disk.
   * After its restart it makes the process once more, with another key: the first one was never
   * there, and shows in the read model no more than it will ever do.
   *
   * @throws NotYet while the read model does not show the process that asks: as long as that is so,
   *     nothing can be said of the other one, which came before it
   */
  boolean takeOver(long caseId, long processInstanceKey) {
    Long seen =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM engine_instance WHERE process_instance_key = ?",
            Long.class,
            processInstanceKey);
    if (seen == null || seen == 0) {
      throw new NotYet("the read model does not show process " + processInstanceKey + " yet");
    }
    return jdbc.update(
            """
            UPDATE collection_case SET process_instance_key = ?
            WHERE id = ? AND live = 1 AND NOT EXISTS (SELECT 1 FROM engine_instance e
              WHERE e.process_instance_key = collection_case.process_instance_key AND e.state = 'active')
            """,
            processInstanceKey,
            caseId)
        == 1;
  }

  /** True if it was live until now. */
  boolean close(long caseId, String reason) {
    return jdbc.update(
            "UPDATE collection_case SET live = NULL, state = 'closed', closed_at = ?, close_reason = ?, next_step_at = NULL"
                + " WHERE id = ? AND live = 1",
            Sql.timestamp(clock.instant()),
            reason,
            caseId)
        == 1;
  }

  /** What settled the invoice was a mistake: a case that begins now goes on where it ended. */
  void reopen(long invoiceId) {
    latestOf(invoiceId)
        .ifPresent(
            c ->
                jdbc.update(
                    "UPDATE collection_case SET close_reason = 'reopened' WHERE id = ? AND close_reason = 'settled'",
                    c.id()));
  }

  void nextStepAt(long caseId, @Nullable Instant at) {
    jdbc.update(
        "UPDATE collection_case SET next_step_at = ? WHERE id = ?",
        Sql.timestampOrNull(at),
        caseId);
  }

  /**
   * Steps taken or passed over, those to be done again left out. Where a process vanished, or what
   * settled the invoice was a mistake, its case's steps count for the case that took over: nobody
   * is reminded of the same twice.
   */
  List<String> stepsOf(long caseId) {
    return jdbc.queryForList(
        """
        SELECT s.step FROM collection_case me
        JOIN collection_case c ON c.invoice_id = me.invoice_id AND c.id <= me.id
        JOIN case_step s ON s.case_id = c.id
        WHERE me.id = ? AND s.state <> 'again' AND NOT EXISTS (SELECT 1 FROM collection_case ended
          WHERE ended.invoice_id = me.invoice_id AND ended.id >= c.id AND ended.id < me.id
            AND ended.close_reason NOT IN ('process-vanished','reopened'))
        ORDER BY s.id
        """,
        String.class,
        caseId);
  }

  /** When the invoice's last step was taken, by this case or an earlier one; null if none was. */
  @Nullable Instant lastTakenAt(long caseId) {
    return jdbc.query(
            """
            SELECT MAX(s.recorded_at) AS taken FROM collection_case me JOIN collection_case c ON c.invoice_id = me.invoice_id
            JOIN case_step s ON s.case_id = c.id WHERE me.id = ? AND s.state = 'taken'
            """,
            (rs, n) -> Optional.ofNullable(Sql.instant(rs, "taken")),
            caseId)
        .getFirst()
        .orElse(null);
  }

  /** The step of the live case that was recorded first after that moment is to be done again. */
  void takeAgain(long invoiceId, Instant since) {
    jdbc.queryForList(
            """
            SELECT s.id FROM case_step s JOIN collection_case c ON c.id = s.case_id
            WHERE c.invoice_id = ? AND c.live = 1 AND s.state = 'taken' AND s.recorded_at >= ? ORDER BY s.recorded_at, s.id LIMIT 1
            """,
            Long.class,
            invoiceId,
            Sql.timestamp(since))
        .forEach(id -> jdbc.update("UPDATE case_step SET state = 'again' WHERE id = ?", id));
  }

  /** True if the step was not recorded before, or was to be done again. */
  boolean recordStep(long caseId, String step, String state, int daysOverdue) {
    int added =
        jdbc.update(
            "INSERT IGNORE INTO case_step (case_id, step, state, days_overdue, recorded_at) VALUES (?,?,?,?,?)",
            caseId,
            step,
            state,
            daysOverdue,
            Sql.timestamp(clock.instant()));
    return added == 1
        || jdbc.update(
                "UPDATE case_step SET state = ?, days_overdue = ?, recorded_at = ? WHERE case_id = ? AND step = ? AND state = 'again'",
                state,
                daysOverdue,
                Sql.timestamp(clock.instant()),
                caseId,
                step)
            == 1;
  }
}
