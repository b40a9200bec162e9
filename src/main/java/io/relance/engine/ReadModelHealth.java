package io.relance.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/**
 * Whether the exporter keeps the read model up with the engine, as the broker's management port
 * tells: down when the broker runs without our exporter, or when it has records for the exporter
 * and none went through for a minute. Unknown where no management address is set ({@code
 * relance.engine.management-address}).
 */
@Component("readModel")
class ReadModelHealth implements HealthIndicator {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String EXPORTER = "relance";

  private final BrokerManagement management;
  private final LongSupplier nanos;
  private long exported;
  private long movedAt;

  @Autowired
  ReadModelHealth(BrokerManagement management) {
    this(management, System::nanoTime);
  }

  ReadModelHealth(BrokerManagement management, LongSupplier nanos) {
    this.management = management;
    this.nanos = nanos;
    movedAt = nanos.getAsLong();
  }

  @Override
  public Health health() {
    if (!management.isKnown()) {
      return Health.unknown()
          .withDetail(
              "reason", "relance.engine.management-address is not set, so the exporter is not seen")
          .build();
    }
    try {
      return judge(management.exporters(), management.partitions());
    } catch (RestClientException away) {
      return Health.unknown()
          .withDetail("reason", "the broker's management port does not answer")
          .build();
    }
  }

  /**
   * Whether the exporter has seen all that the engine has processed; true where that cannot be
   * seen.
   */
  boolean isLevel() {
    if (!management.isKnown()) {
      return true;
    }
    try {
      JsonNode partitions = management.partitions();
      return sum(partitions, "exportedPosition") >= sum(partitions, "processedPosition");
    } catch (RestClientException away) {
      return false;
    }
  }

  private synchronized Health judge(JsonNode exporters, JsonNode partitions) {
    List<String> loaded =
        exporters
            .valueStream()
            .filter(e -> "ENABLED".equals(e.path("status").asString("")))
            .map(e -> e.path("exporterId").asString(""))
            .toList();
    if (!loaded.contains(EXPORTER)) {
      return Health.down()
          .withDetail(
              "reason",
              "the broker runs without the exporter '" + EXPORTER + "'; tasks do not show up")
          .build();
    }
    long position = sum(partitions, "exportedPosition");
    long behind = Math.max(0, sum(partitions, "processedPosition") - position);
    if (position != exported || behind == 0) {
      exported = position;
      movedAt = nanos.getAsLong();
    }
    Duration still = Duration.ofNanos(nanos.getAsLong() - movedAt);
    Health.Builder health = still.compareTo(PATIENCE) > 0 ? Health.down() : Health.up();
    return health
        .withDetail("recordsBehind", behind)
        .withDetail("standsStillForSeconds", still.toSeconds())
        .build();
  }

  private static long sum(JsonNode partitions, String name) {
    return partitions.valueStream().mapToLong(p -> Math.max(0, p.path(name).asLong(0))).sum();
  }
}
