package io.relance.designer;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who else has a file open in the editor. */
@Component
public class Presence {

  /** The editor tells of itself every ten seconds. */
  private static final Duration THERE = Duration.ofSeconds(35);

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  Presence(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Tells that somebody is there, and gives who else is. */
  public List<String> seen(String name, Actor actor) {
    var now = clock.instant();
    jdbc.update(
        "INSERT INTO model_presence (file_name, login, seen_at) VALUES (?,?,?) ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)",
        name,
        actor.name(),
        Sql.timestamp(now));
    return jdbc.queryForList(
        "SELECT login FROM model_presence WHERE file_name = ? AND login <> ? AND seen_at > ? ORDER BY login",
        String.class,
        name,
        actor.name(),
        Sql.timestamp(now.minus(THERE)));
  }

  public void gone(String name, Actor actor) {
    jdbc.update("DELETE FROM model_presence WHERE file_name = ? AND login = ?", name, actor.name());
  }
}
