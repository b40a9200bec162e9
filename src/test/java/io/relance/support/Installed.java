package io.relance.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What the first server unpacked is lent to the later ones, as hard links: the binaries of the
 * database and of the broker, which nobody writes to. Their data is always new.
 */
final class Installed {

  private static final List<String> LENT =
      List.of("database/server", "engine/camunda-zeebe-8.6.0", "engine/broker.jsa");

  private Installed() {}

  /** Makes that home empty, but for what another one beside it has unpacked already. */
  static void clear(Path home) {
    try {
      FileSystemUtils.deleteRecursively(home);
      Files.createDirectories(home.getParent());
      for (String part : LENT) {
        try (Stream<Path> homes = Files.list(home.getParent())) {
          Path lender =
              homes.map(h -> h.resolve(part)).filter(Files::exists).findAny().orElse(null);
          if (lender != null) {
            link(lender, home.resolve(part));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = file.equals(from) ? to : to.resolve(from.relativize(file));
            if (attributes.isSymbolicLink()) {
              Files.copy(file, target, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            } else {
              Files.createLink(target, file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
