package io.relance.engine;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The decisions that the read model knows to be deployed. */
@Component
class DeployedDecisions {

  record Deployed(int version, long fileKey) {}

  private final JdbcTemplate jdbc;

  DeployedDecisions(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Deployed> newest(String decisionId) {
    return jdbc
        .query(
            "SELECT version, file_key FROM engine_decision WHERE decision_id = ? ORDER BY version DESC LIMIT 1",
            (rs, n) -> new Deployed(rs.getInt(1), rs.getLong(2)),
            decisionId)
        .stream()
        .findFirst();
  }

  Optional<byte[]> fileOf(long decisionKey) {
    return jdbc
        .queryForList(
            "SELECT f.xml FROM engine_decision d JOIN engine_decision_file f ON f.file_key = d.file_key WHERE d.decision_key = ?",
            String.class,
            decisionKey)
        .stream()
        .findFirst()
        .map(xml -> xml.getBytes(StandardCharsets.UTF_8));
  }

  byte[] file(Deployed decision) {
    return Objects.requireNonNull(
            jdbc.queryForObject(
                "SELECT xml FROM engine_decision_file WHERE file_key = ?",
                String.class,
                decision.fileKey()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
