package io.relance.engine;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code relance.engine.*}.
 *
 * @param mode {@code embedded} or {@code external}
 * @param ports of the embedded broker, loopback only
 * @param distribution the broker's distribution: a tar.gz, or a folder where it is unpacked already
 * @param heap of the embedded broker, as for {@code -Xmx}
 * @param workerThreads jobs handled at the same time
 * @param jobsActiveMax jobs taken ahead by each worker
 * @param workersEnabled whether this application works jobs off; a second one may serve pages only
 * @param retryBackoff the pause before the first retry of a failed job; it triples with each
 *     further one
 * @param jobTimeout how long work that was taken and never answered, by a process that died with
 *     it, waits for another: a job in the engine, a word in the outbox
 * @param managementAddress of an external broker, such as {@code http://localhost:9600}: lets the
 *     health endpoint see the exporter
 * @param deploy whether the models are deployed at the start
 */
@ConfigurationProperties("relance.engine")
public record EngineSettings(
    @DefaultValue("embedded") String mode,
    @DefaultValue Ports ports,
    @Nullable String distribution,
    @DefaultValue("512m") String heap,
    @DefaultValue("12") int workerThreads,
    @DefaultValue("32") int jobsActiveMax,
    @DefaultValue("true") boolean workersEnabled,
    @DefaultValue("10s") Duration retryBackoff,
    @DefaultValue("1m") Duration jobTimeout,
    @Nullable URI managementAddress,
    @DefaultValue("true") boolean deploy) {

  /**
   * @param grpc commands and job streams
   * @param rest user tasks and the clock
   * @param management health and metrics of the broker
   * @param command broker-internal
   * @param internal broker-internal
   */
  public record Ports(
      @DefaultValue("26500") int grpc,
      @DefaultValue("26600") int rest,
      @DefaultValue("26700") int management,
      @DefaultValue("26501") int command,
      @DefaultValue("26502") int internal) {}

  public boolean embedded() {
    return "embedded".equals(mode);
  }
}
