package io.relance.engine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Decisions without an engine: those that ship, or one that somebody deployed. */
public final class TestDecisions {

  private TestDecisions() {}

  /** As before anything is deployed. */
  public static Decisions shipped() {
    return new Decisions(
        new DeployedDecisions(new JdbcTemplate()) {
          @Override
          Optional<Deployed> newest(String decisionId) {
            return Optional.empty();
          }
        });
  }

  /** As if this file had been deployed as version 7. */
  public static Decisions deployed(String dmn) {
    return new Decisions(
        new DeployedDecisions(new JdbcTemplate()) {
          @Override
          Optional<Deployed> newest(String decisionId) {
            return Optional.of(new Deployed(7, 1));
          }

          @Override
          byte[] file(Deployed decision) {
            return dmn.getBytes(StandardCharsets.UTF_8);
          }
        });
  }
}
