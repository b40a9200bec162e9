package io.relance.casework.handovers;

import io.relance.kernel.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip whose last entry, {@code manifest.txt}, names the digest of each file and a chain of them:
 * each link is the SHA-256 of the link before and of the file's own digest, so that a file that was
 * changed, left out or put in breaks every link after it.
 */
final class EvidenceZip {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);
  private final StringBuilder manifest = new StringBuilder();
  private final LocalDateTime madeAt;
  private String link = "";

  EvidenceZip(Instant madeAt) {
    this.madeAt = LocalDateTime.ofInstant(madeAt, ZoneOffset.UTC);
    manifest.append("Made at ").append(madeAt).append(" (UTC)\n");
    manifest.append("file, SHA-256 of the file, SHA-256 of the link before and that digest\n");
  }

  void add(String name, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    String digest = Digests.sha256(content);
    link = Digests.sha256(link + digest);
    manifest.append("%s  %s  %s\n".formatted(name, digest, link));
    write(name, content);
  }

  private void write(String name, byte[] content) {
    try {
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(madeAt);
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] finished() {
    write("manifest.txt", manifest.toString().getBytes(StandardCharsets.UTF_8));
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
