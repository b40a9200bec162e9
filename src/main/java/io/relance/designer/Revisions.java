package io.relance.designer;

import io.relance.engine.ModelFile;
import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What became of a file's drafts: every revision with its author, time and comment. */
@Component
public class Revisions {

  private static final int MAX = 200;

  /**
   * @param kind {@code autosave}, {@code saved}, {@code imported}, {@code restored}, {@code
   *     discarded} or {@code deployed}
   */
  public record Revision(
      long id,
      String name,
      int revision,
      String hash,
      String kind,
      String author,
      Instant at,
      @Nullable String comment) {}

  private final JdbcTemplate jdbc;
  private final Contents contents;

  Revisions(JdbcTemplate jdbc, Contents contents) {
    this.jdbc = jdbc;
    this.contents = contents;
  }

  /** Newest first, two hundred at the most. */
  public List<Revision> of(String name) {
    return jdbc.query(
        "SELECT * FROM model_revision WHERE file_name = ? ORDER BY id DESC LIMIT " + MAX,
        (rs, n) -> revision(rs),
        name);
  }

  public Optional<Revision> byId(long id) {
    return jdbc
        .query("SELECT * FROM model_revision WHERE id = ?", (rs, n) -> revision(rs), id)
        .stream()
        .findFirst();
  }

  public ModelFile file(Revision revision) {
    return contents.file(revision.name(), revision.hash());
  }

  Optional<Revision> newest(String name) {
    return jdbc
        .query(
            "SELECT * FROM model_revision WHERE file_name = ? ORDER BY id DESC LIMIT 1",
            (rs, n) -> revision(rs),
            name)
        .stream()
        .findFirst();
  }

  /** The number of the revision that a new draft begins with: numbers never come twice. */
  int next(String name) {
    return newest(name).map(r -> r.revision() + 1).orElse(1);
  }

  /**
   * @param sitting revisions of the same kind and author are one for so long from the first of them
   *     on
   */
  void add(Drafts.Draft draft, String kind, @Nullable String comment, Duration sitting) {
    int goesOn =
        jdbc.update(
            "UPDATE model_revision r JOIN (SELECT MAX(id) AS id FROM model_revision WHERE file_name = ?) last ON last.id = r.id"
                + " SET r.revision = ?, r.content_hash = ?, r.at = ? WHERE r.kind = ? AND r.author = ? AND r.begun_at > ?",
            draft.name(),
            draft.revision(),
            draft.hash(),
            Sql.timestamp(draft.at()),
            kind,
            draft.by(),
            Sql.timestamp(draft.at().minus(sitting)));
    if (goesOn > 0) {
      return;
    }
    jdbc.update(
        "INSERT INTO model_revision (file_name, revision, content_hash, kind, author, at, begun_at, comment) VALUES (?,?,?,?,?,?,?,?)",
        draft.name(),
        draft.revision(),
        draft.hash(),
        kind,
        draft.by(),
        Sql.timestamp(draft.at()),
        Sql.timestamp(draft.at()),
        Sql.fit(comment, 500));
  }

  private static Revision revision(ResultSet rs) throws SQLException {
    return new Revision(
        rs.getLong("id"),
        rs.getString("file_name"),
        rs.getInt("revision"),
        rs.getString("content_hash"),
        rs.getString("kind"),
        rs.getString("author"),
        Sql.requiredInstant(rs, "at"),
        rs.getString("comment"));
  }
}
