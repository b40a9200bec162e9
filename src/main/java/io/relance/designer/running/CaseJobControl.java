package io.relance.designer.running;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.InstantSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Slower, faster, pause, go on, stop. What was done stays done. */
@Component
public class CaseJobControl {

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final Audit audit;

  CaseJobControl(JdbcTemplate jdbc, InstantSource clock, Audit audit) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Lets it rest; the cases of this second are still done.
   *
   * @throws RunningConflict if it does not run
   */
  public void pause(long id, Actor actor) {
    require(
        jdbc.update("UPDATE case_job SET state = 'paused' WHERE id = ? AND state = 'running'", id),
        "It does not run: there is nothing to pause");
    audit.record(actor, "pause-case-job", "case job " + id, null);
  }

  public void resume(long id, Actor actor) {
    require(
        jdbc.update("UPDATE case_job SET state = 'running' WHERE id = ? AND state = 'paused'", id),
        "It is not paused: there is nothing to go on with");
    audit.record(actor, "resume-case-job", "case job " + id, null);
  }

  /** Ends it; cases that were not done yet stay as they are. */
  public void stop(long id, Actor actor) {
    require(
        jdbc.update(
            "UPDATE case_job SET state = 'stopped', live = NULL, hindered = NULL, ended_at = ?"
                + " WHERE id = ? AND state IN ('running','paused')",
            Sql.timestamp(clock.instant()),
            id),
        "It is over: there is nothing to stop");
    audit.record(actor, "stop-case-job", "case job " + id, null);
  }

  /**
   * @param rate cases a second
   * @throws IllegalArgumentException if it is less than one, or too many
   */
  public void rate(long id, int rate, Actor actor) {
    CaseJobs.requireRate(rate);
    require(
        jdbc.update(
            "UPDATE case_job SET rate = ? WHERE id = ? AND state IN ('running','paused')",
            rate,
            id),
        "It is over: it has no speed any more");
    audit.record(actor, "pace-case-job", "case job " + id, rate + " a second");
  }

  private static void require(int rows, String otherwise) {
    if (rows == 0) {
      throw new RunningConflict(otherwise);
    }
  }
}
