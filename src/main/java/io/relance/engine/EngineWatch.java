package io.relance.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.relance.kernel.AdjustableClock;
import io.relance.kernel.Sql;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sees to what the engine forgot: a timer whose time has come, and nothing happens. Zeebe can lose
 * the appointment at which it would look for them (its issue 16884, open), and then they wait until
 * another timer is set or the broker starts again. It makes its appointments anew when processing
 * is paused and resumed, which takes a moment.
 */
@Component
class EngineWatch {

  private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);

  /** What is later than this, in two looks one after the other, was forgotten. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Whoever is late after so many reminders is not helped by them. */
  private static final int REMINDERS = 6;

  private static final int SHOWN = 500;

  private final JdbcTemplate jdbc;
  private final EngineGate gate;
  private final BrokerManagement management;
  private final AdjustableClock clock;
  private final Counter renewals;
  private Set<Long> lateBefore = Set.of();
  private Set<Long> reminded = Set.of();
  private int inVain;

  EngineWatch(
      JdbcTemplate jdbc,
      EngineGate gate,
      BrokerManagement management,
      AdjustableClock clock,
      MeterRegistry metrics) {
    this.jdbc = jdbc;
    this.gate = gate;
    this.management = management;
    this.clock = clock;
    this.renewals = metrics.counter("relance.engine.forgotten");
  }

  @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
  void look() {
    try {
      Set<Long> late = gate.isReady() ? late() : Set.of();
      Set<Long> forgotten = new HashSet<>(late);
      forgotten.retainAll(lateBefore);
      lateBefore = forgotten.isEmpty() ? late : Set.of();
      if (!forgotten.isEmpty()) {
        tellIfInVain(forgotten);
        remind(forgotten.size());
      }
    } catch (RuntimeException away) {
      log.debug("The engine could not be watched: {}", away.getMessage());
    }
  }

  private void tellIfInVain(Set<Long> forgotten) {
    Set<Long> again = new HashSet<>(forgotten);
    again.retainAll(reminded);
    inVain = again.isEmpty() ? 0 : inVain + 1;
    reminded = forgotten;
    if (inVain == REMINDERS) {
      log.error(
          "Reminding the engine does not help with the timers {}: restart the broker, which reads them anew",
          again);
    }
  }

  private void remind(int forgotten) {
    renewals.increment();
    if (!management.isKnown()) {
      log.warn(
          "The engine lets {} timers wait beyond their time. Set relance.engine.management-address, so that it can"
              + " be reminded of them, or restart the broker",
          forgotten);
      return;
    }
    log.warn("The engine lets {} timers wait beyond their time: reminding it", forgotten);
    management.pauseAndResume();
  }

  private Set<Long> late() {
    return Set.copyOf(
        jdbc.queryForList(
            "SELECT timer_key FROM engine_timer WHERE due_at < ? ORDER BY due_at LIMIT " + SHOWN,
            Long.class,
            Sql.timestamp(clock.instant().minus(PATIENCE))));
  }
}
