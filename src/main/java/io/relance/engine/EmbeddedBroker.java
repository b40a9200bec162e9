package io.relance.engine;

import io.relance.platform.ChildProcess;
import io.relance.platform.ChildProcesses;
import io.relance.platform.EmbeddedDatabase;
import io.relance.platform.Ports;
import io.relance.platform.RelanceHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * A Zeebe broker with our exporter, run as a supervised child on the loopback interface. Starting
 * it does not wait for it: the application gets ready meanwhile, and whoever needs the engine waits
 * for {@link EngineGate}.
 */
@Component
@ConditionalOnProperty(
    name = "relance.engine.mode",
    havingValue = "embedded",
    matchIfMissing = true)
class EmbeddedBroker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  private final ChildProcess broker;

  EmbeddedBroker(
      RelanceHome home,
      EngineSettings settings,
      JdbcConnectionDetails database,
      ObjectProvider<EmbeddedDatabase> embeddedDatabase,
      ChildProcesses children) {
    Path distribution = BrokerDistribution.unpacked(home, settings.distribution());
    Path folder = home.folder("engine");
    Path data = home.folder("engine/data");
    Path exporter = folder.resolve("relance-exporter.jar");
    Path temporary = folder.resolve("tmp");
    EngineSettings.Ports ports = settings.ports();
    EmbeddedDatabase own = embeddedDatabase.getIfAvailable();
    String exporterUser = own != null ? own.exporterUser() : database.getUsername();
    broker =
        new ChildProcess(
            new ChildProcess.Spec(
                "broker",
                command(distribution, data, temporary, folder, settings.heap()),
                "-Drelance.engine.data=" + data,
                environment(data, exporter, ports, database, exporterUser),
                folder,
                folder.resolve("broker.log"),
                Duration.ofSeconds(30)));
    broker.stopLeftovers();
    writeExporter(exporter);
    makeEmpty(temporary);
    Ports.requireFree(ports.grpc(), "the engine (gRPC)", "relance.engine.ports.grpc");
    Ports.requireFree(ports.rest(), "the engine (REST)", "relance.engine.ports.rest");
    Ports.requireFree(
        ports.management(), "the engine (management)", "relance.engine.ports.management");
    Ports.requireFree(ports.command(), "the engine (command API)", "relance.engine.ports.command");
    Ports.requireFree(
        ports.internal(), "the engine (internal API)", "relance.engine.ports.internal");
    log.info(
        "Engine: starting the Zeebe broker {} on 127.0.0.1:{} (log: {})",
        BrokerDistribution.VERSION,
        ports.grpc(),
        broker.output());
    broker.start();
    children.add(broker);
  }

  private static List<String> command(
      Path distribution, Path data, Path temporary, Path folder, String heap) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-Drelance.engine.data=" + data,
        "-Djava.io.tmpdir=" + temporary,
        "-Xmx" + heap,
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dfile.encoding=UTF-8",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        // written at the first orderly stop; with it the broker starts in half the time
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + folder.resolve("broker.jsa"),
        "-Xlog:cds=off", // it calls an error what only makes it slower
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--sun-misc-unsafe-memory-access=allow",
        // the archive takes jars only, no folders
        "-Dspring.config.additional-location=" + distribution.resolve("config").toUri(),
        "-Dlog4j.configurationFile=" + distribution.resolve("config").resolve("log4j2.xml"),
        "-classpath",
        distribution.resolve("lib") + "/*",
        "-Dapp.home=" + distribution,
        "-Dbasedir=" + distribution,
        "io.camunda.application.StandaloneBroker");
  }

  private static Map<String, String> environment(
      Path data,
      Path exporter,
      EngineSettings.Ports ports,
      JdbcConnectionDetails database,
      @Nullable String exporterUser) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1");
    environment.put("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", "" + ports.command());
    environment.put("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", "" + ports.internal());
    environment.put("ZEEBE_BROKER_GATEWAY_NETWORK_HOST", "127.0.0.1");
    environment.put("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", "" + ports.grpc());
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("SERVER_PORT", "" + ports.rest());
    environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    environment.put("MANAGEMENT_SERVER_PORT", "" + ports.management());
    environment.put("ZEEBE_BROKER_DATA_DIRECTORY", data.toString());
    // after a restart everything since the last snapshot is exported again: keep that short
    environment.put("ZEEBE_BROKER_DATA_SNAPSHOTPERIOD", "1m");
    environment.put("ZEEBE_BROKER_DATA_LOGSEGMENTSIZE", "32MB");
    environment.put("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "512MB");
    environment.put("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "256MB");
    environment.put(
        "ZEEBE_BROKER_EXPORTERS_RELANCE_CLASSNAME", "io.relance.engine.exporter.RelanceExporter");
    environment.put("ZEEBE_BROKER_EXPORTERS_RELANCE_JARPATH", exporter.toString());
    environment.put("ZEEBE_BROKER_EXPORTERS_RELANCE_ARGS_URL", database.getJdbcUrl());
    environment.put("ZEEBE_BROKER_EXPORTERS_RELANCE_ARGS_USER", String.valueOf(exporterUser));
    environment.put(
        "ZEEBE_BROKER_EXPORTERS_RELANCE_ARGS_PASSWORD", String.valueOf(database.getPassword()));
    environment.put("ZEEBE_LOG_LEVEL", "warn");
    environment.put("ZEEBE_LOG_APPENDER", "Console");
    return environment;
  }

  /** The exporter's jar lies in ours, made by the build; the broker wants it as a file. */
  private static void writeExporter(Path file) {
    try (InputStream jar =
        EmbeddedBroker.class.getResourceAsStream("/engine/relance-exporter.jar")) {
      if (jar == null) {
        throw new IllegalStateException(
            "engine/relance-exporter.jar is not on the class path; build with ./mvnw");
      }
      Files.copy(jar, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A killed broker leaves its unpacked native libraries behind, 14 MB each time. */
  private static void makeEmpty(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
