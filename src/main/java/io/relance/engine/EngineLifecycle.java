package io.relance.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Brings the engine's side up without holding the pages back: waits for the broker, deploys the
 * models, opens the workers and the publisher. Goes down first and in order: no new jobs, answers
 * acknowledged, then the rest of the application.
 */
@Component
class EngineLifecycle implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");

  private final EngineGate gate;
  private final ModelDeployer deployer;
  private final WorkerRuntime workers;
  private final OutboxPublisher publisher;
  private final EngineSettings settings;
  private final ObjectProvider<EngineClock> clock;
  private volatile boolean running;
  private @Nullable Thread starter;
  private final List<Thread> publishing = new ArrayList<>();

  EngineLifecycle(
      EngineGate gate,
      ModelDeployer deployer,
      WorkerRuntime workers,
      OutboxPublisher publisher,
      EngineSettings settings,
      ObjectProvider<EngineClock> clock) {
    this.gate = gate;
    this.deployer = deployer;
    this.workers = workers;
    this.publisher = publisher;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    starter = Thread.ofVirtual().name("engine-start").start(this::bringUp);
    // two, so that one reads and clears rows while the engine is busy with the other's
    for (int i = 1; i <= 2; i++) {
      publishing.add(Thread.ofPlatform().name("engine-outbox-" + i).daemon().start(publisher::run));
    }
  }

  private void bringUp() {
    while (running) {
      try {
        if (!gate.await(Duration.ofMinutes(2))) {
          log.warn("Engine: it does not answer yet; starts and messages wait until it does");
          continue;
        }
        EngineClock demo = clock.getIfAvailable();
        if (demo != null) {
          demo.settle();
        }
        if (settings.deploy()) {
          deployer.deployAll();
        }
        if (settings.workersEnabled()) {
          workers.open();
        }
        gate.markDeployed();
        log.info("Engine: ready");
        return;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException trouble) {
        log.error(
            "Engine: the models could not be deployed, trying again in 5 s: {}",
            trouble.getMessage());
        try {
          Thread.sleep(5_000);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    if (starter != null) {
      starter.interrupt();
    }
    publisher.stop();
    workers.close(Duration.ofSeconds(15));
    try {
      for (Thread thread : publishing) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
