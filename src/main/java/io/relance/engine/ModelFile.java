package io.relance.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A BPMN model, a DMN decision or a form, as a file.
 *
 * @param name without a folder; it ends with {@code .bpmn}, {@code .dmn} or {@code .form}
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content
public record ModelFile(String name, byte[] content) {

  /** SHA-256 of the content, in lower-case hexadecimal digits. */
  public String hash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** What the name ends with, without the dot. */
  public String kind() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelFile file
        && name.equals(file.name)
        && Arrays.equals(content, file.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return name + " (" + content.length + " bytes)";
  }
}
