package io.relance.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.springframework.web.multipart.MultipartFile;

/** An uploaded file as a file of ours while it is read, whatever its size; gone afterwards. */
public final class Uploads {

  private Uploads() {}

  public static <T> T with(MultipartFile upload, Function<Path, T> use) {
    try {
      Path file = Files.createTempFile("relance-upload", ".csv");
      try {
        upload.transferTo(file);
        return use.apply(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
