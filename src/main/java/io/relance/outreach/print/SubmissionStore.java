package io.relance.outreach.print;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of letters that are handed to a provider. */
@Component
class SubmissionStore {

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  SubmissionStore(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A letter's hand-over. */
  record Row(
      long noticeId,
      long batchId,
      String state,
      @Nullable String providerId,
      @Nullable String note,
      String releasedBy) {}

  /** Keeps that it is to be handed over, unless that is known. */
  void plan(long batchId, long noticeId, String provider, Actor releasedBy) {
    jdbc.update(
        """
        INSERT IGNORE INTO postal_submission (notice_id, batch_id, provider, state, released_by, planned_at, changed_at)
        VALUES (?,?,?,'planned',?,?,?)
        """,
        noticeId,
        batchId,
        provider,
        releasedBy.name(),
        Sql.timestamp(clock.instant()),
        Sql.timestamp(clock.instant()));
  }

  Optional<Row> find(long noticeId) {
    return query("notice_id = ?", noticeId).stream().findFirst();
  }

  /** Those that were under way when the application died, or are under way now. */
  List<Row> underWay() {
    return query("state = 'submitting' ORDER BY changed_at LIMIT 200");
  }

  /** Those that a provider has, and whose tasks may be open still. */
  List<Row> toComplete() {
    return query(
        """
        state = 'submitted' AND EXISTS (SELECT 1 FROM print_batch_item i JOIN notice n ON n.id = i.notice_id
          WHERE i.batch_id = postal_submission.batch_id AND i.notice_id = postal_submission.notice_id
            AND i.outcome IS NULL AND n.state = 'prepared')
        ORDER BY changed_at DESC LIMIT 200
        """);
  }

  private List<Row> query(String where, Object... arguments) {
    return jdbc.query(
        "SELECT notice_id, batch_id, state, provider_id, note, released_by FROM postal_submission"
            + " WHERE "
            + where,
        (rs, n) ->
            new Row(
                rs.getLong(1),
                rs.getLong(2),
                rs.getString(3),
                rs.getString(4),
                rs.getString(5),
                rs.getString(6)),
        arguments);
  }

  /** False if it is not waiting to be handed over any more. */
  boolean begin(long noticeId) {
    return jdbc.update(
            "UPDATE postal_submission SET state = 'submitting', note = NULL, changed_at = ? WHERE notice_id = ?"
                + " AND state IN ('planned','refused')",
            Sql.timestamp(clock.instant()),
            noticeId)
        == 1;
  }

  void change(long noticeId, String state, @Nullable String note) {
    jdbc.update(
        "UPDATE postal_submission SET state = ?, note = ?, changed_at = ? WHERE notice_id = ?",
        state,
        Sql.fit(note, 300),
        Sql.timestamp(clock.instant()),
        noticeId);
  }

  void submitted(long noticeId, String providerId) {
    jdbc.update(
        "UPDATE postal_submission SET state = 'submitted', provider_id = ?, note = NULL, changed_at"
            + " = ? WHERE notice_id = ?",
        Sql.fit(providerId, 64),
        Sql.timestamp(clock.instant()),
        noticeId);
  }

  /** Gone if it surely is with nobody: it may be handed over anew, or posted by hand. */
  void forget(long noticeId) {
    jdbc.update("DELETE FROM postal_submission WHERE notice_id = ?", noticeId);
  }
}
