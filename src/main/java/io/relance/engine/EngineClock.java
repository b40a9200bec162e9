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
import tools.jackson.databind.JsonNode;

/**
 * Keeps the engine's clock with the application's while a demo or a test has moved it. The engine
 * can only be pinned, and a pinned clock stands still, so it is pinned anew four times a second.
 */
@Component
@ConditionalOnProperty(name = "relance.demo.enabled", havingValue = "true")
public class EngineClock {

  private static final Logger log = LoggerFactory.getLogger(EngineClock.class);
  private static final Duration SNAPSHOT_MAX = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 6;
  private final CamundaClient client;
  private final AdjustableClock clock;
  private final JobPauses pauses;
  private final BrokerManagement management;

  EngineClock(
      CamundaClient client, AdjustableClock clock, JobPauses pauses, BrokerManagement management) {
    this.client = client;
    this.clock = clock;
    this.pauses = pauses;
    this.management = management;
  }

  /**
   * To be called before work begins, so that a clock that was set back holds for everything.
   *
   * <p>The engine plans its periodic checks (jobs' time-outs and back-offs, messages' ends) when it
   * starts, on the clock it has then: the machine's, until the first pin, or the pin in its last
   * snapshot. What was planned on the machine's clock would wait until that date comes again. So
   * the checks are planned anew, and a snapshot keeps the pin for the engine's next start.
   */
  void settle() throws InterruptedException {
    if (!clock.offset().isNegative() || !management.isKnown()) {
      return;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        follow();
        management.pauseAndResume();
        if (hasSnapshot()) {
          return;
        }
        management.takeSnapshot();
        if (awaitSnapshot()) {
          return;
        }
      } catch (RuntimeException away) {
        log.debug("The engine's clock could not be settled: {}", away.getMessage());
        Thread.sleep(500);
      }
    }
    log.warn(
        "The engine took no snapshot of its clock, which was set back: if it dies now, jobs that"
            + " were under way wait until the next start");
  }

  private boolean awaitSnapshot() throws InterruptedException {
    long deadline = System.nanoTime() + SNAPSHOT_MAX.toNanos();
    while (!hasSnapshot()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(100);
    }
    return true;
  }

  private boolean hasSnapshot() {
    JsonNode partitions = management.partitions();
    return !partitions.isEmpty()
        && partitions
            .valueStream()
            .noneMatch(partition -> partition.path("snapshotId").asString("").isEmpty());
  }

  /**
   * Moves both clocks to an instant. What happens in between sees the application's new time before
   * the engine's timers do.
   */
  public synchronized void moveTo(Instant instant, Runnable beforeTheEngine) {
    pauses.whileNoneEnds(
        instant,
        () -> {
          clock.moveTo(instant);
          beforeTheEngine.run();
          follow();
        });
  }

  /** Pins the engine to the application's time now; returns when the engine has taken it. */
  public synchronized void follow() {
    if (!clock.offset().isZero()) {
      Instant now = clock.instant();
      EngineCommands.retrying(() -> client.newPinClockCommand().time(now).send());
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
