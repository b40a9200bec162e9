package io.relance.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Mails as other programs write them, from {@code src/test/resources/mail}. */
public final class Letterbox {

  private Letterbox() {}

  /** One whose Message-ID no other has; {@code {recipient}} and so on are filled in. */
  public static byte[] mail(String name, String recipient, String messageId) {
    return mail(name, Map.of("recipient", recipient, "messageId", messageId));
  }

  public static byte[] mail(String name, Map<String, String> values) {
    try (InputStream in = Letterbox.class.getResourceAsStream("/mail/" + name + ".eml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("{" + value.getKey() + "}", value.getValue());
      }
      return text.replace("{id}", UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
