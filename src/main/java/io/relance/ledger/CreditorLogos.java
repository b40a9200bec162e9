package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Sql;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The creditors' logos. Each goes with every message, so it is small; and it is looked at before it
 * is unpacked, as a few bytes can say that they are a picture of a billion dots.
 */
@Component
public class CreditorLogos {

  /** In bytes. */
  public static final int SIZE_MAX = 300_000;

  static final int WIDTH_MAX = 1200;
  static final int HEIGHT_MAX = 600;

  private static final String NOT_A_PICTURE =
      "The logo is no picture that can be read: save it as PNG or JPEG";

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  CreditorLogos(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Optional<Logo> of(long creditorId) {
    return jdbc
        .query(
            "SELECT content_type, width, height, content FROM creditor_logo WHERE creditor_id = ?",
            (rs, n) -> new Logo(rs.getString(1), rs.getInt(2), rs.getInt(3), rs.getBytes(4)),
            creditorId)
        .stream()
        .findFirst();
  }

  /** Whether there is one, without reading it. */
  public boolean has(long creditorId) {
    Long found =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM creditor_logo WHERE creditor_id = ?", Long.class, creditorId);
    return found != null && found > 0;
  }

  /**
   * Keeps the picture, instead of one before it.
   *
   * @throws IllegalArgumentException if it is no PNG or JPEG, or too large; says what to do
   */
  public Logo store(Creditor creditor, byte[] content, Actor actor) {
    Logo logo = read(content);
    jdbc.update(
        """
        INSERT INTO creditor_logo (creditor_id, content_type, width, height, content, actor, stored_at) VALUES (?,?,?,?,?,?,?)
        ON DUPLICATE KEY UPDATE content_type = VALUES(content_type), width = VALUES(width), height = VALUES(height),
          content = VALUES(content), actor = VALUES(actor), stored_at = VALUES(stored_at)
        """,
        creditor.key(),
        logo.contentType(),
        logo.width(),
        logo.height(),
        content,
        actor.name(),
        Sql.timestamp(clock.instant()));
    return logo;
  }

  static Logo read(byte[] content) {
    if (content.length > SIZE_MAX) {
      throw new IllegalArgumentException(tooLarge(content.length));
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IllegalArgumentException(NOT_A_PICTURE);
      }
      ImageReader reader = readers.next();
      try {
        return read(reader, in, content);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException broken) {
      if (broken instanceof IllegalArgumentException told && told.getMessage() != null) {
        throw told;
      }
      throw new IllegalArgumentException(NOT_A_PICTURE, broken);
    }
  }

  private static Logo read(ImageReader reader, ImageInputStream in, byte[] content)
      throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    if (!format.equals("png") && !format.equals("jpeg")) {
      throw new IllegalArgumentException(
          "The logo is a " + format + " picture: save it as PNG or JPEG");
    }
    reader.setInput(in);
    int width = reader.getWidth(0); // of its head: nothing is unpacked yet
    int height = reader.getHeight(0);
    if (width > WIDTH_MAX || height > HEIGHT_MAX) {
      throw new IllegalArgumentException(
          "The logo has %d by %d dots: make it %d by %d or smaller"
              .formatted(width, height, WIDTH_MAX, HEIGHT_MAX));
    }
    BufferedImage whole = reader.read(0); // cut off in the middle, it would spoil each message
    return new Logo("image/" + format, whole.getWidth(), whole.getHeight(), content);
  }

  /** In words. */
  public static String tooLarge(long bytes) {
    return String.format(
        Locale.ROOT,
        "The logo has %,d bytes: it goes with every message, so make it %,d or smaller, such as a"
            + " PNG of 600 by 200 dots",
        bytes,
        SIZE_MAX);
  }

  /** False if there was none. */
  public boolean remove(Creditor creditor) {
    return jdbc.update("DELETE FROM creditor_logo WHERE creditor_id = ?", creditor.key()) == 1;
  }
}
