package io.relance.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The folder that keeps everything of the embedded parts: database, broker data, unpacked
 * distributions, caught mail ({@code relance.home}). One running application owns it; a second one
 * on the same folder is refused.
 */
@Component
public class RelanceHome implements AutoCloseable {

  private final Path folder;
  private @Nullable FileChannel lockFile;
  private @Nullable FileLock lock;

  RelanceHome(@Value("${relance.home:.relance}") String folder) {
    this.folder = Path.of(folder).toAbsolutePath().normalize();
  }

  /**
   * A folder below the home, made if it is not there yet. The first call takes the home for this
   * application.
   */
  public synchronized Path folder(String name) {
    try {
      Path made = Files.createDirectories(folder.resolve(name));
      if (lock == null) {
        takeLock();
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot use " + folder + "; set relance.home to a folder that can be written", e);
    }
  }

  /** A password made at first use and kept in the home, readable by its owner only. */
  public synchronized String secret(String name) {
    Path file = folder("secrets").resolve(name);
    try {
      if (Files.exists(file)) {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
      }
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.createFile(file);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      String secret = HexFormat.of().formatHex(random);
      Files.writeString(file, secret, StandardCharsets.US_ASCII);
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeLock() throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new StartFailure(
          "Another Relance is running on " + folder + ".",
          "Stop it, or give this one its own folder with relance.home.");
    }
    lockFile = channel;
  }

  @Override
  public synchronized void close() throws IOException {
    if (lockFile != null) {
      lockFile.close();
      lockFile = null;
      lock = null;
    }
  }
}
