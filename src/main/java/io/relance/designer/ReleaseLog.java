package io.relance.designer;

import io.relance.engine.ModelFile;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The releases of models that there were: what, by whom, when, and how it ended. */
@Component
public class ReleaseLog {

  private static final int MAX = 100;

  /**
   * @param state {@code deploying}, {@code deployed} or {@code failed}
   * @param failure in the engine's words; null unless it failed
   */
  public record Release(
      long id,
      String versionTag,
      @Nullable String comment,
      String author,
      Instant at,
      String state,
      @Nullable String failure) {}

  /**
   * @param beforeHash of what was live before; null for a file that was new
   * @param deployedAs such as {@code invoice-collection 7}; null until it is deployed
   */
  public record ReleasedFile(
      String name, String hash, @Nullable String beforeHash, @Nullable String deployedAs) {

    public boolean changed() {
      return !hash.equals(beforeHash);
    }
  }

  record DraftReleased(String name, int revision, String hash) {}

  private final JdbcTemplate jdbc;
  private final Contents contents;
  private final Models models;
  private final InstantSource clock;

  ReleaseLog(JdbcTemplate jdbc, Contents contents, Models models, InstantSource clock) {
    this.jdbc = jdbc;
    this.contents = contents;
    this.models = models;
    this.clock = clock;
  }

  /** Newest first, a hundred at the most. */
  public List<Release> all() {
    return jdbc.query(
        "SELECT * FROM model_release ORDER BY id DESC LIMIT " + MAX, (rs, n) -> release(rs));
  }

  /** Id of the newest that was deployed; 0 if there is none. */
  public long newestDeployed() {
    Long id =
        jdbc.queryForObject(
            "SELECT COALESCE(MAX(id), 0) FROM model_release WHERE state = 'deployed'", Long.class);
    return id == null ? 0 : id;
  }

  /**
   * @throws IllegalArgumentException if there is none of that id
   */
  public Release byId(long id) {
    return jdbc
        .query("SELECT * FROM model_release WHERE id = ?", (rs, n) -> release(rs), id)
        .stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no release " + id));
  }

  public List<ReleasedFile> filesOf(long id) {
    return jdbc.query(
        "SELECT file_name, content_hash, before_hash, deployed_as FROM model_release_file WHERE release_id = ? ORDER BY file_name",
        (rs, n) ->
            new ReleasedFile(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)),
        id);
  }

  /** Releases that deployed a file, newest first. */
  public List<Release> of(String file) {
    return jdbc.query(
        "SELECT r.* FROM model_release_file f JOIN model_release r ON r.id = f.release_id AND r.state = 'deployed'"
            + " WHERE f.file_name = ? ORDER BY r.id DESC LIMIT 30",
        (rs, n) -> release(rs),
        file);
  }

  /** A file as a release deployed it. */
  public ModelFile file(ReleasedFile file) {
    return contents.file(file.name(), file.hash());
  }

  List<ModelFile> files(long id) {
    return filesOf(id).stream().map(this::file).toList();
  }

  List<Long> unfinished() {
    return jdbc.queryForList(
        "SELECT id FROM model_release WHERE state = 'deploying' ORDER BY id", Long.class);
  }

  /** Writes a release down, before the engine is asked. */
  long begin(
      String tag,
      @Nullable String comment,
      Actor actor,
      Map<String, ModelFile> files,
      Map<String, Integer> revisions,
      Map<String, Models.Live> live) {
    long id;
    try {
      id = insert(newestDeployed(), tag, comment, actor);
    } catch (DuplicateKeyException taken) {
      throw refused(tag);
    }
    files.forEach(
        (name, file) ->
            jdbc.update(
                "INSERT INTO model_release_file (release_id, file_name, content_hash, before_hash, shipped_hash, revision) VALUES (?,?,?,?,?,?)",
                id,
                name,
                contents.keep(file),
                live.containsKey(name) ? contents.keep(live.get(name).file()) : null,
                models.shipped(name).map(ModelFile::hash).orElse(null),
                revisions.get(name)));
    return id;
  }

  private long insert(long follows, String tag, @Nullable String comment, Actor actor) {
    var keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          var insert =
              connection.prepareStatement(
                  "INSERT INTO model_release (follows, version_tag, live_tag, comment, author, at, state) VALUES (?,?,?,?,?,?,'deploying')",
                  Statement.RETURN_GENERATED_KEYS);
          insert.setLong(1, follows);
          insert.setString(2, tag);
          insert.setString(3, tag);
          insert.setString(4, Sql.fit(comment, 500));
          insert.setString(5, actor.name());
          insert.setTimestamp(6, Sql.timestamp(clock.instant()));
          return insert;
        },
        keys);
    return Objects.requireNonNull(keys.getKey()).longValue();
  }

  private ReleaseRefused refused(String tag) {
    Integer same =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM model_release WHERE live_tag = ?", Integer.class, tag);
    if (same != null && same > 0) {
      return new ReleaseRefused(
          "The version tag '%s' was used before: choose another".formatted(tag));
    }
    return new ReleaseRefused(
        all().stream()
                .filter(r -> r.state().equals("deploying"))
                .map(
                    r ->
                        "%s is deploying '%s' at this moment".formatted(r.author(), r.versionTag()))
                .findFirst()
                .orElse("Somebody else deployed at this moment")
            + ": look at what it changes, and deploy yours after it");
  }

  void deployed(long id, Map<String, List<String>> versions) {
    versions.forEach(
        (file, made) ->
            jdbc.update(
                "UPDATE model_release_file SET deployed_as = ? WHERE release_id = ? AND file_name = ?",
                Sql.fit(String.join(", ", made), 500),
                id,
                file));
    jdbc.update(
        "UPDATE model_release SET state = 'deployed', deployed_at = ? WHERE id = ?",
        Sql.timestamp(clock.instant()),
        id);
  }

  /** Its tag and its place are free for the next one. */
  void failed(long id, String words) {
    jdbc.update(
        "UPDATE model_release SET state = 'failed', failure = ?, follows = NULL, live_tag = NULL WHERE id = ?",
        Sql.fit(words, 2000),
        id);
  }

  List<DraftReleased> revisions(long id) {
    return jdbc.query(
        "SELECT file_name, revision, content_hash FROM model_release_file WHERE release_id = ? AND revision IS NOT NULL",
        (rs, n) -> new DraftReleased(rs.getString(1), rs.getInt(2), rs.getString(3)),
        id);
  }

  /** Files that were changed after a release, as they were at its end. New ones stay deployed. */
  Map<String, ModelFile> since(long release) {
    Map<String, ModelFile> then = new TreeMap<>();
    jdbc.query(
        """
        SELECT f.file_name, f.before_hash FROM model_release_file f
        JOIN (SELECT x.file_name, MIN(x.release_id) AS first FROM model_release_file x
              JOIN model_release r ON r.id = x.release_id AND r.state = 'deployed'
              WHERE x.release_id > ? GROUP BY x.file_name) n
          ON n.file_name = f.file_name AND n.first = f.release_id
        """,
        rs -> {
          String before = rs.getString(2);
          if (before != null) {
            then.put(rs.getString(1), contents.file(rs.getString(1), before));
          }
        },
        release);
    Map<String, Models.Live> live = models.live();
    then.entrySet()
        .removeIf(
            e -> live.containsKey(e.getKey()) && live.get(e.getKey()).file().equals(e.getValue()));
    return then;
  }

  private static Release release(ResultSet rs) throws SQLException {
    return new Release(
        rs.getLong("id"),
        rs.getString("version_tag"),
        rs.getString("comment"),
        rs.getString("author"),
        Sql.requiredInstant(rs, "at"),
        rs.getString("state"),
        rs.getString("failure"));
  }
}
