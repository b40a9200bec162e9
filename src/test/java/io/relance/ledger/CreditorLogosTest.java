package io.relance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A logo is small, whole, and a picture. */
class CreditorLogosTest {

  private static byte[] picture(String format, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void aPictureIsTakenAsItIs(String format) throws IOException {
    byte[] content = picture(format, 600, 200);
    Logo logo = CreditorLogos.read(content);
    assertThat(logo.contentType()).isEqualTo("image/" + format);
    assertThat(logo.width()).isEqualTo(600);
    assertThat(logo.height()).isEqualTo(200);
    assertThat(logo.content()).isEqualTo(content);
    assertThat(logo.dataAddress()).startsWith("data:image/" + format + ";base64,");
  }

  @Test
  void theLargestIsTaken() throws IOException {
    assertThat(CreditorLogos.read(picture("png", 1200, 600)).width()).isEqualTo(1200);
    assertThatThrownBy(() -> CreditorLogos.read(picture("png", 1201, 10)))
        .hasMessageContaining("1201 by 10", "1200 by 600");
    assertThatThrownBy(() -> CreditorLogos.read(picture("png", 10, 601)))
        .hasMessageContaining("10 by 601");
  }

  /** A hundred bytes that say they are 65,000 by 65,000 dots: 17 GB if they were unpacked. */
  @Test
  void aBombIsNotUnpacked() throws IOException {
    byte[] bomb = picture("png", 10, 10);
    ByteBuffer head = ByteBuffer.wrap(bomb);
    head.putInt(16, 65_000).putInt(20, 65_000);
    CRC32 crc = new CRC32();
    crc.update(bomb, 12, 17);
    head.putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> CreditorLogos.read(bomb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65000 by 65000");
  }

  @Test
  void whatIsNoPictureIsRefusedWithARemedy() throws IOException {
    byte[] whole = picture("png", 600, 200);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8);
    for (byte[] content : new byte[][] {cut, svg, new byte[0], picture("gif", 10, 10)}) {
      assertThatThrownBy(() -> CreditorLogos.read(content))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("save it as PNG or JPEG");
    }
  }

  @Test
  void whatIsTooLargeIsRefusedInWords() {
    assertThatThrownBy(() -> CreditorLogos.read(new byte[20_000_000]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20,000,000 bytes", "300,000");
  }

  @Test
  void aDocumentsNameIsAFilesName() {
    assertThat(InvoiceDocuments.fileName("Rechnung 12/2026.PDF")).isEqualTo("Rechnung 12-2026.pdf");
    assertThat(InvoiceDocuments.fileName("../../etc/passwd\r\nX: y"))
        .doesNotContain("/", "\r", "\n", ":");
    assertThat(InvoiceDocuments.fileName(" .pdf")).isEqualTo("invoice.pdf");
    assertThat(InvoiceDocuments.fileName("x".repeat(500))).hasSize(120).endsWith(".pdf");
  }
}
