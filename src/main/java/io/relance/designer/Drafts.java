package io.relance.designer;

import io.relance.access.Audit;
import io.relance.engine.ModelFile;
import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes that are not live yet: one draft a file, shared by all designers. Who saves names the
 * revision that they began from; if another is there meanwhile, they are told instead.
 */
@Component
public class Drafts {

  /** Autosaves of one person within this time become one revision. */
  private static final Duration ONE_SITTING = Duration.ofMinutes(10);

  /**
   * @param baseHash of what was live when it was begun; null for a new file
   */
  public record Draft(
      String name, int revision, String hash, @Nullable String baseHash, String by, Instant at) {}

  /** How a revision came about. */
  public enum Kind {
    AUTOSAVE,
    SAVED,
    IMPORTED,
    RESTORED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final JdbcTemplate jdbc;
  private final Contents contents;
  private final Models models;
  private final Revisions revisions;
  private final ModelReader reader;
  private final Audit audit;
  private final InstantSource clock;

  Drafts(
      JdbcTemplate jdbc,
      Contents contents,
      Models models,
      Revisions revisions,
      ModelReader reader,
      Audit audit,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.contents = contents;
    this.models = models;
    this.revisions = revisions;
    this.reader = reader;
    this.audit = audit;
    this.clock = clock;
  }

  /** By name. */
  public List<Draft> all() {
    return jdbc.query("SELECT * FROM model_draft ORDER BY file_name", (rs, n) -> draft(rs));
  }

  public Optional<Draft> of(String name) {
    return jdbc
        .query("SELECT * FROM model_draft WHERE file_name = ?", (rs, n) -> draft(rs), name)
        .stream()
        .findFirst();
  }

  public ModelFile file(Draft draft) {
    return contents.file(draft.name(), draft.hash());
  }

  /**
   * Saves a draft, and begins it if there is none.
   *
   * @param base the revision that was changed; 0 if there was no draft
   * @param comment why; null for an autosave
   * @throws ModelRefused if the file is no model
   * @throws DraftChanged if the draft is at another revision by now
   */
  @Transactional
  public Draft save(ModelFile file, int base, Kind kind, @Nullable String comment, Actor actor) {
    reader.read(file);
    Optional<Draft> current = locked(file.name());
    if (current.map(Draft::revision).orElse(0) != base) {
      throw changed(file.name(), current);
    }
    String hash = contents.keep(file);
    Instant now = clock.instant();
    if (current.isEmpty()) {
      begin(file, hash, now, actor);
    } else if (kind == Kind.AUTOSAVE && current.get().hash().equals(hash)) {
      return current.get();
    } else {
      jdbc.update(
          "UPDATE model_draft SET revision = revision + 1, content_hash = ?, changed_by = ?, changed_at = ? WHERE file_name = ?",
          hash,
          actor.name(),
          Sql.timestamp(now),
          file.name());
    }
    Draft saved = of(file.name()).orElseThrow();
    revisions.add(saved, kind.word(), comment, kind == Kind.AUTOSAVE ? ONE_SITTING : Duration.ZERO);
    if (kind != Kind.AUTOSAVE) {
      audit.record(actor, kind.word() + "-model-draft", "model " + file.name(), comment);
    }
    return saved;
  }

  /**
   * Gives a draft up; its revisions stay in the history.
   *
   * @throws DraftChanged if it is at another revision by now
   */
  @Transactional
  public void discard(String name, int revision, Actor actor) {
    Draft draft = locked(name).orElse(null);
    if (draft == null || draft.revision() != revision) {
      throw changed(name, Optional.ofNullable(draft));
    }
    close(draft, "discarded", null, actor);
    audit.record(actor, "discard-model-draft", "model " + name, "revision " + revision);
  }

  /**
   * A draft that went live is none any more. One that was changed meanwhile goes on from there.
   *
   * @param revision that went live
   */
  void deployed(String name, int revision, String hash, String tag, Actor actor) {
    Draft draft = locked(name).orElse(null);
    if (draft == null) {
      return;
    }
    if (draft.revision() == revision) {
      close(draft, "deployed", tag, actor);
    } else {
      jdbc.update("UPDATE model_draft SET base_hash = ? WHERE file_name = ?", hash, name);
    }
  }

  /** Nothing is locked where there is no draft: two who begin one would wait for each other. */
  Optional<Draft> locked(String name) {
    return of(name).isEmpty() ? Optional.empty() : newest(name);
  }

  private Optional<Draft> newest(String name) {
    return jdbc
        .query(
            "SELECT * FROM model_draft WHERE file_name = ? FOR UPDATE", (rs, n) -> draft(rs), name)
        .stream()
        .findFirst();
  }

  private void close(Draft draft, String kind, @Nullable String comment, Actor actor) {
    jdbc.update("DELETE FROM model_draft WHERE file_name = ?", draft.name());
    revisions.add(
        new Draft(
            draft.name(),
            draft.revision() + 1,
            draft.hash(),
            draft.baseHash(),
            actor.name(),
            clock.instant()),
        kind,
        comment,
        Duration.ZERO);
  }

  private void begin(ModelFile file, String hash, Instant now, Actor actor) {
    String live = models.live(file.name()).map(l -> contents.keep(l.file())).orElse(null);
    try {
      jdbc.update(
          "INSERT INTO model_draft (file_name, revision, content_hash, base_hash, changed_by, changed_at) VALUES (?,?,?,?,?,?)",
          file.name(),
          revisions.next(file.name()),
          hash,
          live,
          actor.name(),
          Sql.timestamp(now));
    } catch (DuplicateKeyException together) {
      throw changed(file.name(), newest(file.name()));
    }
  }

  /** That the draft is not what somebody thinks that it is. */
  DraftChanged changed(String name) {
    return changed(name, of(name));
  }

  private DraftChanged changed(String name, Optional<Draft> current) {
    if (current.isPresent()) {
      return new DraftChanged(
          name, current.get().revision(), current.get().by(), current.get().at());
    }
    return revisions
        .newest(name)
        .map(r -> new DraftChanged(name, 0, r.author(), r.at()))
        .orElseGet(() -> new DraftChanged(name, 0, "Somebody", clock.instant()));
  }

  private static Draft draft(java.sql.ResultSet rs) throws java.sql.SQLException {
    return new Draft(
        rs.getString("file_name"),
        rs.getInt("revision"),
        rs.getString("content_hash"),
        rs.getString("base_hash"),
        rs.getString("changed_by"),
        Sql.requiredInstant(rs, "changed_at"));
  }
}
