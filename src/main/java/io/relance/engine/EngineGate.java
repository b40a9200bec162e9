package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.PartitionBrokerHealth;
import io.camunda.client.api.response.Topology;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether the engine answers with a healthy leader for each partition. 8.6 has no status call, so
 * the topology tells.
 */
@Component("engine")
public class EngineGate implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(EngineGate.class);
  private final CamundaClient client;
  private volatile boolean modelsDeployed;
  private volatile String version = "";
  private boolean wasAway;

  EngineGate(CamundaClient client) {
    this.client = client;
  }

  public boolean isOpen() {
    try {
      Topology topology = topology();
      long leaders =
          topology.getBrokers().stream()
              .flatMap(b -> b.getPartitions().stream())
              .filter(p -> p.isLeader() && p.getHealth() == PartitionBrokerHealth.HEALTHY)
              .count();
      return topology.getPartitionsCount() > 0 && leaders == topology.getPartitionsCount();
    } catch (RuntimeException away) {
      return false;
    }
  }

  /** Waits until the engine is open; false if it was not in time. */
  boolean await(Duration max) throws InterruptedException {
    long deadline = System.nanoTime() + max.toNanos();
    while (!isOpen()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(200);
    }
    return true;
  }

  /**
   * The version of the engine that answered last, such as {@code 8.6.0}; empty before the first.
   */
  public String version() {
    return version;
  }

  void markDeployed() {
    modelsDeployed = true;
  }

  /**
   * Whether the engine was reached and the models that ship are deployed, so that work can begin.
   */
  public boolean isReady() {
    return modelsDeployed;
  }

  /** Tells the log once that the engine is away, and once that it is back. */
  @Scheduled(fixedDelay = 5_000)
  synchronized void watch() {
    boolean away = modelsDeployed && !isOpen();
    if (away && !wasAway) {
      log.warn("Engine: it does not answer; starts, messages and jobs wait until it does");
    } else if (!away && wasAway) {
      log.info("Engine: it answers again");
    }
    wasAway = away;
  }

  private Topology topology() {
    Topology topology =
        client.newTopologyRequest().requestTimeout(Duration.ofSeconds(3)).send().join();
    version = topology.getGatewayVersion();
    return topology;
  }

  @Override
  public Health health() {
    try {
      Topology topology = topology();
      Health.Builder health = isOpen() ? Health.up() : Health.down();
      return health
          .withDetail("gatewayVersion", topology.getGatewayVersion())
          .withDetail("partitions", topology.getPartitionsCount())
          .withDetail("modelsDeployed", modelsDeployed)
          .build();
    } catch (RuntimeException away) {
      return Health.down().withDetail("reason", "the engine does not answer").build();
    }
  }
}
