package io.relance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** The broker's management port is played by what a real 8.6.0 broker answers there. */
class ReadModelHealthTest {

  private final AtomicLong nanos = new AtomicLong();
  private HttpServer broker;
  private String exporters = "[{\"exporterId\":\"relance\",\"status\":\"ENABLED\"}]";
  private String partitions = "{}";

  @BeforeEach
  void startTheStandIn() throws IOException {
    broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broker.createContext(
        "/actuator",
        exchange -> {
          String answer =
              exchange.getRequestURI().getPath().endsWith("exporters") ? exporters : partitions;
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    broker.start();
  }

  @AfterEach
  void stopTheStandIn() {
    broker.stop(0);
  }

  @Test
  void isDownWhenTheBrokerRunsWithoutTheExporter() {
    exporters = "[]";
    assertThat(health().health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void isDownOnceTheExporterStoodStillForAMinuteWithRecordsBeforeIt() {
    ReadModelHealth health = health();
    at(100, 40);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    at(160, 41);
    assertThat(health.health().getStatus()).as("it moves").isEqualTo(Status.UP);
    at(160, 161);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(health.health().getStatus()).as("nothing to export").isEqualTo(Status.UP);
  }

  @Test
  void isUnknownWhereTheBrokerDoesNotShowItself() {
    assertThat(
            new ReadModelHealth(new BrokerManagement((URI) null), nanos::get).health().getStatus())
        .isEqualTo(Status.UNKNOWN);
    ReadModelHealth health = health();
    broker.stop(0);
    assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
  }

  private ReadModelHealth health() {
    return new ReadModelHealth(
        new BrokerManagement(URI.create("http://127.0.0.1:" + broker.getAddress().getPort())),
        nanos::get);
  }

  private void at(long processed, long exported) {
    partitions =
        "{\"1\":{\"role\":\"LEADER\",\"processedPosition\":%d,\"exportedPosition\":%d}}"
            .formatted(processed, exported);
  }
}
