package io.relance.designer;

import io.relance.engine.ModelFile;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What files say, each content once. */
@Component
class Contents {

  /** Longer than anything takes from keeping a content to saying what it belongs to. */
  private static final Duration NEW = Duration.ofDays(1);

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  Contents(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Keeps it, and gives its hash. */
  String keep(ModelFile file) {
    String hash = file.hash();
    jdbc.update(
        "INSERT INTO model_content (hash, content, kept_at) VALUES (?,?,?) ON DUPLICATE KEY UPDATE kept_at = VALUES(kept_at)",
        hash,
        file.content(),
        Sql.timestamp(clock.instant()));
    return hash;
  }

  /** Deletes what belongs to nothing any more: an autosave takes the place of the one before it. */
  @Scheduled(fixedDelayString = "${relance.studio.sweep:6h}", initialDelayString = "5m")
  void sweep() {
    jdbc.update(
        """
        DELETE FROM model_content WHERE kept_at < ?
          AND NOT EXISTS (SELECT 1 FROM model_draft d WHERE d.content_hash = model_content.hash)
          AND NOT EXISTS (SELECT 1 FROM model_draft b WHERE b.base_hash = model_content.hash)
          AND NOT EXISTS (SELECT 1 FROM model_revision r WHERE r.content_hash = model_content.hash)
          AND NOT EXISTS (SELECT 1 FROM model_release_file f WHERE f.content_hash = model_content.hash)
          AND NOT EXISTS (SELECT 1 FROM model_release_file f WHERE f.before_hash = model_content.hash)
          AND NOT EXISTS (SELECT 1 FROM model_release_file f WHERE f.shipped_hash = model_content.hash)
        """,
        Sql.timestamp(clock.instant().minus(NEW)));
  }

  ModelFile file(String name, String hash) {
    return new ModelFile(
        name,
        Objects.requireNonNull(
            jdbc.queryForObject(
                "SELECT content FROM model_content WHERE hash = ?", byte[].class, hash)));
  }
}
