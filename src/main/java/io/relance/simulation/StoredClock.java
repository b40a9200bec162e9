package io.relance.simulation;

import io.relance.kernel.AdjustableClock;
import io.relance.platform.StartFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps how far the demo's clock was moved, so that a restart goes on from there. */
@Component
@ConditionalOnProperty(name = "relance.demo.enabled", havingValue = "true")
class StoredClock {

  private static final String NAME = "clock.offset";
  private final JdbcTemplate jdbc;
  private final AdjustableClock clock;

  StoredClock(
      JdbcTemplate jdbc, AdjustableClock clock, @Value("${relance.clock.start:}") String start) {
    this.jdbc = jdbc;
    this.clock = clock;
    List<String> stored =
        jdbc.queryForList("SELECT value FROM app_setting WHERE name = ?", String.class, NAME);
    if (!stored.isEmpty()) {
      clock.setOffset(Duration.ofMillis(Long.parseLong(stored.getFirst())));
    } else if (!start.isBlank()) {
      try {
        clock.moveTo(Instant.parse(start));
      } catch (DateTimeParseException bad) {
        throw new StartFailure(
            "relance.clock.start=" + start + " is not an instant.",
            "Write it like 2013-06-30T08:00:00Z.");
      }
      keep();
    }
  }

  void keep() {
    jdbc.update(
        "INSERT INTO app_setting (name, value) VALUES (?,?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
        NAME,
        String.valueOf(clock.offset().toMillis()));
  }
}
