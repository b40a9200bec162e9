package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.relance.kernel.AdjustableClock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the engine's clock with the application's while a demo or a test has moved it. The engine
 * can only be pinned, and a pinned clock stands still, so it is pinned anew four times a second.
 */
@Component
@ConditionalOnProperty(name = "relance.demo.enabled", havingValue = "true")
public class EngineClock {

  private static final Logger log = LoggerFactory.getLogger(EngineClock.class);
  private final CamundaClient client;
  private final AdjustableClock clock;

  EngineClock(CamundaClient client, AdjustableClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Moves both clocks to an instant. What happens in between sees the application's new time before
   * the engine's timers do.
   */
  public synchronized void moveTo(Instant instant, Runnable beforeTheEngine) {
    clock.moveTo(instant);
    beforeTheEngine.run();
    follow();
  }

  /** Pins the engine to the application's time now; returns when the engine has taken it. */
  public synchronized void follow() {
    if (!clock.offset().isZero()) {
      Instant now = clock.instant();
      EngineCommands.retrying(
          () -> client.newPinClockCommand().time(now).send(), Duration.ofSeconds(20));
    }
  }

  @Scheduled(fixedDelay = 250)
  void tick() {
    try {
      follow();
    } catch (RuntimeException away) {
      log.debug("The engine's clock could not be pinned: {}", away.getMessage());
    }
  }
}
