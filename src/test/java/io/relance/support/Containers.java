package io.relance.support;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A MySQL 9.7 and a Camunda broker in containers, with our exporter in the broker, made once for
 * all tests of a run.
 */
final class Containers {

  private static final String EXPORTER = "/usr/local/zeebe/exporters/relance-exporter.jar";
  private static Containers started;

  private final MySQLContainer mysql;
  private final GenericContainer<?> zeebe;

  private Containers() {
    Network network = Network.newNetwork();
    mysql =
        new MySQLContainer(DockerImageName.parse("mysql:9.7"))
            .withNetwork(network)
            .withNetworkAliases("mysql")
            .withDatabaseName("relance")
            .withUsername("relance")
            .withPassword("relance");
    mysql.start();
    zeebe =
        new GenericContainer<>(DockerImageName.parse("camunda/zeebe:8.6.0"))
            .withNetwork(network)
            .withExposedPorts(26500, 8080, 9600)
            .withCopyFileToContainer(
                MountableFile.forHostPath(Path.of("target/classes/engine/relance-exporter.jar")),
                EXPORTER)
            .withEnv(
                "ZEEBE_BROKER_EXPORTERS_RELANCE_CLASSNAME",
                "io.relance.engine.exporter.RelanceExporter")
            .withEnv("ZEEBE_BROKER_EXPORTERS_RELANCE_JARPATH", EXPORTER)
            .withEnv(
                "ZEEBE_BROKER_EXPORTERS_RELANCE_ARGS_URL",
                "jdbc:mysql://mysql:3306/relance?allowPublicKeyRetrieval=true")
            .withEnv("ZEEBE_BROKER_EXPORTERS_RELANCE_ARGS_USER", "relance")
            .withEnv("ZEEBE_BROKER_EXPORTERS_RELANCE_ARGS_PASSWORD", "relance")
            .withEnv("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "512MB")
            .withEnv("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "256MB")
            .waitingFor(
                Wait.forHttp("/actuator/health/readiness")
                    .forPort(9600)
                    .forStatusCodeMatching(status -> status >= 200 && status < 300));
    zeebe.start();
  }

  static synchronized Map<String, String> settingsFor(String serverName) {
    if (started == null) {
      started = new Containers();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("relance.database.mode", "external");
    settings.put(
        "spring.datasource.url", started.mysql.getJdbcUrl() + "?allowPublicKeyRetrieval=true");
    settings.put("spring.datasource.username", "relance");
    settings.put("spring.datasource.password", "relance");
    settings.put("relance.engine.mode", "external");
    settings.put(
        "camunda.client.grpc-address",
        "http://" + started.zeebe.getHost() + ":" + started.zeebe.getMappedPort(26500));
    settings.put(
        "camunda.client.rest-address",
        "http://" + started.zeebe.getHost() + ":" + started.zeebe.getMappedPort(8080));
    settings.put(
        "relance.engine.management-address",
        "http://" + started.zeebe.getHost() + ":" + started.zeebe.getMappedPort(9600));
    settings.put("relance.demo.enabled", "true");
    settings.put("relance.demo.external-engine", "true");
    return settings;
  }
}
