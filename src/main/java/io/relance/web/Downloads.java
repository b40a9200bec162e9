package io.relance.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Files out, and files in up to a size. */
final class Downloads {

  /** The page's own policy would keep a browser from showing a PDF. */
  private static final String PDF_POLICY =
      "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

  private Downloads() {}

  /** Shown by the browser, under that name when it is kept; never taken for anything else. */
  static ResponseEntity<byte[]> pdf(byte[] content, String name) {
    return file(content, name, MediaType.APPLICATION_PDF, true);
  }

  static ResponseEntity<byte[]> file(byte[] content, String name, MediaType type, boolean shown) {
    ContentDisposition disposition =
        (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
            .filename(name, StandardCharsets.UTF_8)
            .build();
    return ResponseEntity.ok()
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", PDF_POLICY)
        .body(content);
  }

  /**
   * What was sent, if it is not too much; no more than that is read.
   *
   * @param told what its sender is told, of the bytes that it has at least
   */
  static byte[] read(InputStream in, long said, int most, LongFunction<String> told) {
    if (said > most) {
      throw new Problems.TooLarge(told.apply(said));
    }
    try {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new Problems.TooLarge(told.apply(content.length));
      }
      return content;
    } catch (IOException broken) {
      throw new UncheckedIOException("The upload broke off", broken);
    }
  }
}
