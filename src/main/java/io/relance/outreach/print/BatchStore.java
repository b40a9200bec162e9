package io.relance.outreach.print;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of batches. */
@Component
class BatchStore {

  /** A letter that is to be put in a batch. */
  record Part(long noticeId, int pages) {}

  private static final String WAITING =
      """
      SELECT n.id, n.payer_id, n.creditor_id, p.number, p.name, p.country, n.recipient, n.subject, n.tone, n.planned_at, i.batch_id
      FROM notice n JOIN payer p ON p.id = n.payer_id LEFT JOIN print_batch_item i ON i.notice_id = n.id AND i.live = 1
      WHERE n.state = 'prepared' AND n.channel = 'letter'
      """;

  private static final String OPEN =
      " SUM(CASE WHEN i.outcome IS NULL AND n.state = 'prepared' THEN 1 ELSE 0 END)";

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  BatchStore(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<PrintBatches.Waiting> waiting(int most) {
    return jdbc.query(
        WAITING + " ORDER BY n.planned_at, n.id LIMIT ?", (rs, n) -> waiting(rs), most);
  }

  /** Those in no batch; each creditor's together, inland ones first. */
  List<PrintBatches.Waiting> free(int most) {
    return jdbc.query(
        WAITING + " AND i.batch_id IS NULL ORDER BY n.planned_at, n.id LIMIT ?",
        (rs, n) -> waiting(rs),
        most);
  }

  private static PrintBatches.Waiting waiting(ResultSet rs) throws SQLException {
    return new PrintBatches.Waiting(
        rs.getLong(1),
        rs.getLong(2),
        rs.getLong(3),
        rs.getString(4),
        rs.getString(5),
        rs.getString(6) == null ? "" : rs.getString(6),
        rs.getString(7),
        rs.getString(8),
        rs.getString(9).equals("formal"),
        Sql.requiredInstant(rs, "planned_at"),
        Sql.number(rs, "batch_id"));
  }

  /** The new batch's id; null if all of its letters went elsewhere meanwhile. */
  @Transactional
  public @Nullable Long add(long creditorId, boolean registered, List<Part> parts, Actor actor) {
    Instant now = clock.instant();
    var keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO print_batch (creditor_id, registered, letters, pages, made_at,"
                      + " made_by) VALUES (?,?,0,0,?,?)",
                  Statement.RETURN_GENERATED_KEYS);
          insert.setLong(1, creditorId);
          insert.setBoolean(2, registered);
          insert.setTimestamp(3, Sql.timestamp(now));
          insert.setString(4, actor.name());
          return insert;
        },
        keys);
    long id = Objects.requireNonNull(keys.getKey()).longValue();
    int letters = 0;
    int pages = 0;
    for (Part part : parts) {
      int added =
          jdbc.update(
              """
              INSERT IGNORE INTO print_batch_item (batch_id, position, notice_id, live, pages, first_page)
                SELECT ?, ?, n.id, 1, ?, ? FROM notice n WHERE n.id = ? AND n.state = 'prepared'
              """,
              id,
              letters + 1,
              part.pages(),
              pages + 1,
              part.noticeId());
      letters += added;
      pages += added * part.pages();
    }
    if (letters == 0) {
      jdbc.update("DELETE FROM print_batch WHERE id = ?", id);
      return null;
    }
    jdbc.update("UPDATE print_batch SET letters = ?, pages = ? WHERE id = ?", letters, pages, id);
    return id;
  }

  List<PrintBatches.Batch> newest(int most) {
    return jdbc.query(
        "SELECT b.id, k.code, k.name, b.registered, b.letters, b.pages, b.made_at, b.made_by,"
            + OPEN
            + " FROM (SELECT * FROM print_batch ORDER BY id DESC LIMIT ?) b JOIN creditor k ON k.id"
            + " = b.creditor_id JOIN print_batch_item i ON i.batch_id = b.id JOIN notice n ON n.id"
            + " = i.notice_id GROUP BY b.id, k.code, k.name, b.registered, b.letters, b.pages,"
            + " b.made_at, b.made_by ORDER BY b.id DESC",
        (rs, n) -> batch(rs),
        most);
  }

  Optional<PrintBatches.Batch> find(long id) {
    return jdbc
        .query(
            "SELECT b.id, k.code, k.name, b.registered, b.letters, b.pages, b.made_at, b.made_by,"
                + OPEN
                + " FROM print_batch b JOIN creditor k ON k.id = b.creditor_id JOIN"
                + " print_batch_item i ON i.batch_id = b.id JOIN notice n ON n.id = i.notice_id"
                + " WHERE b.id = ? GROUP BY b.id, k.code, k.name, b.registered, b.letters, b.pages,"
                + " b.made_at, b.made_by",
            (rs, n) -> batch(rs),
            id)
        .stream()
        .findFirst();
  }

  private static PrintBatches.Batch batch(ResultSet rs) throws SQLException {
    return new PrintBatches.Batch(
        rs.getLong(1),
        rs.getString(2),
        rs.getString(3),
        rs.getBoolean(4),
        rs.getInt(5),
        rs.getInt(6),
        Sql.requiredInstant(rs, "made_at"),
        rs.getString(8),
        rs.getInt(9));
  }

  List<PrintBatches.Item> items(long batchId) {
    return jdbc.query(
        """
        SELECT i.position, i.notice_id, n.payer_id, p.number, p.name, p.country, p.postal_address, n.recipient, n.subject, n.tone, n.message_id,
          i.pages, n.state, n.error, i.outcome, i.note, f.sha256, s.state, s.provider_id, s.note
        FROM print_batch_item i JOIN notice n ON n.id = i.notice_id JOIN payer p ON p.id = n.payer_id
        JOIN letter_pdf f ON f.notice_id = i.notice_id LEFT JOIN postal_submission s ON s.notice_id = i.notice_id
        WHERE i.batch_id = ? ORDER BY i.position
        """,
        (rs, n) ->
            new PrintBatches.Item(
                rs.getInt(1),
                rs.getLong(2),
                rs.getLong(3),
                rs.getString(4),
                rs.getString(6) == null ? "" : rs.getString(6),
                Recipients.of(rs.getString(5), rs.getString(7), rs.getString(8)),
                rs.getString(9),
                rs.getString(10).equals("formal"),
                rs.getString(11),
                rs.getInt(12),
                rs.getString(17),
                status(rs.getString(15), rs.getString(13)),
                rs.getString(16) != null ? rs.getString(16) : rs.getString(14),
                rs.getString(18) == null
                    ? null
                    : new PrintBatches.Submission(
                        rs.getString(18), rs.getString(19), rs.getString(20))),
        batchId);
  }

  private static PrintBatches.Status status(@Nullable String outcome, String notice) {
    if (outcome != null) {
      return outcome.equals("posted") ? PrintBatches.Status.POSTED : PrintBatches.Status.LEFT_OUT;
    }
    return switch (notice) {
      case "prepared" -> PrintBatches.Status.OPEN;
      case "failed" -> PrintBatches.Status.TAKEN_BACK;
      default -> PrintBatches.Status.POSTED_APART;
    };
  }

  void posted(long batchId, long noticeId, Actor actor) {
    jdbc.update(
        "UPDATE print_batch_item SET outcome = 'posted', note = NULL, acted_at = ?, acted_by = ?"
            + " WHERE batch_id = ? AND notice_id = ?",
        Sql.timestamp(clock.instant()),
        actor.name(),
        batchId,
        noticeId);
  }

  void note(long batchId, long noticeId, String note) {
    jdbc.update(
        "UPDATE print_batch_item SET note = ? WHERE batch_id = ? AND notice_id = ?",
        Sql.fit(note, 300),
        batchId,
        noticeId);
  }

  /** False if nothing was there to leave out, or it was handed to a provider. */
  @Transactional
  public boolean leaveOut(long batchId, long noticeId, Actor actor) {
    jdbc.update(
        "DELETE FROM postal_submission WHERE notice_id = ? AND batch_id = ? AND state IN"
            + " ('planned','refused')",
        noticeId,
        batchId);
    return jdbc.update(
            """
            UPDATE print_batch_item SET outcome = 'left-out', live = NULL, note = NULL, acted_at = ?, acted_by = ?
            WHERE batch_id = ? AND notice_id = ? AND outcome IS NULL AND NOT EXISTS (
              SELECT 1 FROM postal_submission s WHERE s.notice_id = print_batch_item.notice_id)
            """,
            Sql.timestamp(clock.instant()),
            actor.name(),
            batchId,
            noticeId)
        == 1;
  }
}
