package io.relance.analytics.flow;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts anew what was counted, from the events that are kept. */
@Component
public class FlowRebuild {

  private final JdbcTemplate jdbc;
  private final FlowKept kept;
  private final Audit audit;

  FlowRebuild(JdbcTemplate jdbc, FlowKept kept, Audit audit) {
    this.jdbc = jdbc;
    this.kept = kept;
    this.audit = audit;
  }

  /** The first day that can be counted anew; null if all of them can. */
  public @Nullable LocalDate countableFrom() {
    return kept.firstWholeDay();
  }

  /**
   * Forgets the counts; they come back within seconds to minutes, by the number of events. Days
   * whose events are not all kept stay as they were counted once.
   *
   * @return the first day that is counted anew; null if all of them are
   */
  @Transactional
  public @Nullable LocalDate begin(String by) {
    jdbc.queryForList("SELECT stream FROM flow_progress FOR UPDATE");
    LocalDate from = kept.countFromFirstWholeDay();
    for (String table :
        List.of("flow_day", "flow_duration", "flow_cash", "flow_repeat", "flow_pair")) {
      jdbc.update("DELETE FROM " + table + " WHERE day >= ?", from);
    }
    Instant whole = kept.wholeAfter();
    if (whole == null) {
      forgetInstances("1 = 1");
      jdbc.update("DELETE FROM flow_gap");
    } else {
      // of the others the events are deleted, and this is all that is known of them
      forgetInstances(
          "ended_at IS NULL OR ended_at > ? OR (ended_at = ? AND process_instance_key > ?)",
          Sql.timestamp(whole),
          Sql.timestamp(whole),
          kept.prunedKey());
      jdbc.update("DELETE FROM flow_gap WHERE until_at > ?", Sql.timestamp(whole));
    }
    jdbc.update("DELETE FROM flow_open");
    jdbc.update("DELETE FROM flow_case");
    jdbc.update(
        "UPDATE flow_progress SET position = 0, reached_at = NULL, serial = NULL"
            + " WHERE stream LIKE 'events-%' OR stream LIKE 'case%' OR stream = 'cash'");
    audit.record(Actor.user(by), "rebuild-figures", "processes", "");
    return whole == null ? null : from;
  }

  private void forgetInstances(String which, Object... arguments) {
    jdbc.update(
        "DELETE v FROM flow_visit v JOIN flow_instance i ON i.process_instance_key = v.process_instance_key WHERE "
            + which.replace("process_instance_key", "i.process_instance_key"),
        arguments);
    jdbc.update("DELETE FROM flow_instance WHERE " + which, arguments);
  }
}
