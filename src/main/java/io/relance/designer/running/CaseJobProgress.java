package io.relance.designer.running;

import io.relance.engine.EngineCases;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How a job gets on, case by case. What is given to the engine is written down before, and its
 * answer afterwards: who takes over from somebody who died gives those again.
 */
@Component
class CaseJobProgress {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final JdbcTemplate jdbc;
  private final AdjustableClock clock;

  CaseJobProgress(JdbcTemplate jdbc, AdjustableClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Takes a job for a while; false if somebody else has it, or it does not run any more. */
  boolean lease(long jobId) {
    Instant now = clock.systemInstant();
    return jdbc.update(
            "UPDATE case_job SET leased_until = ? WHERE id = ? AND state = 'running' AND"
                + " (leased_until IS NULL OR leased_until < ?)",
            Sql.timestamp(now.plus(LEASE)),
            jobId,
            Sql.timestamp(now))
        == 1;
  }

  void release(long jobId) {
    jdbc.update("UPDATE case_job SET leased_until = NULL WHERE id = ?", jobId);
  }

  /** The next cases, first those that were begun before; they are marked as begun. */
  List<CaseJob.Row> take(long jobId, int max) {
    List<CaseJob.Row> rows = new ArrayList<>(inState(jobId, "doing", max));
    if (rows.size() < max) {
      rows.addAll(inState(jobId, "planned", max - rows.size()));
    }
    Sql.updateAll(
        jdbc,
        "UPDATE case_job_row SET state = 'doing', tries = tries + 1",
        List.of(),
        rows.stream().map(CaseJob.Row::id).toList());
    return rows;
  }

  private List<CaseJob.Row> inState(long jobId, String state, int max) {
    return jdbc.query(
        "SELECT * FROM case_job_row WHERE job_id = ? AND state = ? ORDER BY id LIMIT ?",
        (rs, n) -> CaseJobs.row(rs),
        jobId,
        state,
        max);
  }

  void ended(long rowId, EngineCases.Answer answer) {
    String state =
        switch (answer.outcome()) {
          case DONE -> "done";
          case GONE -> "gone";
          default -> "refused";
        };
    jdbc.update(
        "UPDATE case_job_row SET state = ?, advice = ?, said = ?, at = ? WHERE id = ?",
        state,
        state.equals("refused") ? EngineReasons.of(answer.said()) : null,
        answer.said().isEmpty() ? null : Sql.fit(answer.said(), 1000),
        Sql.timestamp(clock.instant()),
        rowId);
  }

  /** Tells why it does not get on; null once it does. */
  void hinder(long jobId, @Nullable String why) {
    jdbc.update("UPDATE case_job SET hindered = ? WHERE id = ?", Sql.fit(why, 400), jobId);
  }

  /** Ends it if nothing is left; true if this call did. */
  boolean endIfDone(long jobId) {
    return jdbc.update(
            "UPDATE case_job SET state = 'done', live = NULL, hindered = NULL, ended_at = ? WHERE"
                + " id = ? AND state = 'running' AND NOT EXISTS (SELECT 1 FROM case_job_row r WHERE"
                + " r.job_id = case_job.id AND r.state IN ('planned','doing'))",
            Sql.timestamp(clock.instant()),
            jobId)
        == 1;
  }
}
