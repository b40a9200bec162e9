package io.relance.engine;

import io.relance.platform.RelanceHome;
import io.relance.platform.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The broker's distribution, unpacked once into the home. The build puts the archive into the local
 * Maven repository (with Maven's own progress, mirrors and checksums); it is found there, or where
 * {@code relance.engine.distribution} says.
 */
final class BrokerDistribution {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  static final String VERSION = "8.6.0";

  private BrokerDistribution() {}

  /** The folder with {@code lib} and {@code config} in it. */
  static Path unpacked(RelanceHome home, @Nullable String configured) {
    Path archive =
        configured == null || configured.isBlank() ? inLocalRepository() : Path.of(configured);
    if (Files.isDirectory(archive)) {
      return archive;
    }
    Path parent = home.folder("engine");
    Path done = parent.resolve("camunda-zeebe-" + VERSION);
    if (Files.isDirectory(done.resolve("lib"))) {
      return done;
    }
    if (!Files.isRegularFile(archive)) {
      throw new StartFailure(
          "The Zeebe broker's distribution is not at " + archive + ".",
          "Run ./mvnw generate-resources once, which fetches io.camunda:camunda-zeebe:"
              + VERSION
              + ":tar.gz, or set relance.engine.distribution to that file or to its unpacked folder.");
    }
    log.info("Engine: first start, unpacking the Zeebe broker {} into {}", VERSION, parent);
    try {
      Path partial = parent.resolve("unpacking");
      FileSystemUtils.deleteRecursively(partial);
      unpack(archive, Files.createDirectories(partial));
      Path root;
      try (Stream<Path> entries = Files.list(partial)) {
        root = entries.filter(p -> Files.isDirectory(p.resolve("lib"))).findFirst().orElseThrow();
      }
      Files.move(root, done, StandardCopyOption.ATOMIC_MOVE);
      FileSystemUtils.deleteRecursively(partial);
      return done;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack " + archive + " into " + parent, e);
    }
  }

  private static Path inLocalRepository() {
    return Path.of(
            System.getProperty("user.home"),
            ".m2",
            "repository",
            "io",
            "camunda",
            "camunda-zeebe",
            VERSION)
        .resolve("camunda-zeebe-" + VERSION + ".tar.gz");
  }

  private static void unpack(Path archive, Path target) throws IOException {
    long bytes = Files.size(archive);
    long shown = 0;
    try (Counting counting = new Counting(Files.newInputStream(archive));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(counting, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException(
              "The archive has an entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else if (entry.isFile()) {
          Files.createDirectories(file.getParent());
          Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
        }
        long percent = counting.count * 100 / bytes;
        if (percent >= shown + 25) {
          shown = percent - percent % 25;
          log.info("Engine: unpacked {} %", shown);
        }
      }
    }
  }

  private static final class Counting extends java.io.FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
