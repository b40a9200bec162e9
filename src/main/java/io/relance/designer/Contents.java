package io.relance.designer;

import io.relance.engine.ModelFile;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What files say, each content once. */
@Component
class Contents {

  private final JdbcTemplate jdbc;

  Contents(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps it, and gives its hash. */
  String keep(ModelFile file) {
    String hash = file.hash();
    jdbc.update(
        "INSERT INTO model_content (hash, content) VALUES (?,?) ON DUPLICATE KEY UPDATE hash = hash",
        hash,
        file.content());
    return hash;
  }

  ModelFile file(String name, String hash) {
    return new ModelFile(
        name,
        Objects.requireNonNull(
            jdbc.queryForObject(
                "SELECT content FROM model_content WHERE hash = ?", byte[].class, hash)));
  }
}
