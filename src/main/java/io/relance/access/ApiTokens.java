package io.relance.access;

import io.relance.kernel.Actor;
import io.relance.kernel.Digests;
import io.relance.kernel.Sql;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Tokens for machines: shown once, kept as a hash only, with the rights of the user who made them.
 */
@Component
public class ApiTokens {

  private static final SecureRandom RANDOM = new SecureRandom();
  private final JdbcTemplate jdbc;
  private final Audit audit;
  private final InstantSource clock;

  ApiTokens(JdbcTemplate jdbc, Audit audit, InstantSource clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** A new token for that user; the only time that it is seen. */
  public String create(String login, String name) {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String token = "rl_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    jdbc.update(
        "INSERT INTO api_token (login, name, token_hash, created_at) VALUES (?,?,?,?)",
        login,
        Sql.fit(name, 100),
        Digests.sha256(token),
        Sql.timestamp(clock.instant()));
    audit.record(Actor.user(login), "create-token", "token " + name, null);
    return token;
  }

  Optional<String> loginOf(String token) {
    List<String> logins =
        jdbc.queryForList(
            "SELECT login FROM api_token WHERE token_hash = ? AND revoked_at IS NULL",
            String.class,
            Digests.sha256(token));
    return logins.stream().findFirst();
  }
}
