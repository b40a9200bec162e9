package io.relance.outreach;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.relance.kernel.Money;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The code that banking apps read to fill in a SEPA credit transfer: version 002 of the European
 * Payments Council's guideline EPC069-12, in UTF-8, with a structured reference.
 */
final class PaymentCode {

  private static final BigDecimal AMOUNT_MAX = new BigDecimal("999999999.99");
  private static final int NAME_MAX = 70;
  private static final int BYTES_MAX = 331;
  private static final int SIZE = 220;

  private PaymentCode() {}

  /**
   * What the code holds; empty where the guideline knows none: without an IBAN, in another currency
   * than the euro, or for no amount.
   *
   * @param reference of ISO 11649, without spaces
   */
  static Optional<String> of(
      String name, @Nullable String iban, @Nullable Money amount, String reference) {
    if (iban == null
        || amount == null
        || !amount.currencyCode().equals("EUR")
        || !amount.isPositive()
        || amount.amount().compareTo(AMOUNT_MAX) > 0) {
      return Optional.empty();
    }
    String holder = name.replaceAll("\\p{Cntrl}", " ").strip();
    String code =
        String.join(
            "\n",
            "BCD",
            "002",
            "1",
            "SCT",
            "",
            holder.length() > NAME_MAX ? holder.substring(0, NAME_MAX) : holder,
            iban.replaceAll("\\s", ""),
            "EUR" + amount.plain(),
            "",
            reference);
    return code.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX
        ? Optional.empty()
        : Optional.of(code);
  }

  /** As an image: error correction M, as the guideline asks, with its quiet zone. */
  static byte[] png(String code) {
    try {
      BitMatrix dots =
          new QRCodeWriter()
              .encode(
                  code,
                  BarcodeFormat.QR_CODE,
                  SIZE,
                  SIZE,
                  Map.of(
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M,
                      EncodeHintType.CHARACTER_SET,
                      "UTF-8",
                      EncodeHintType.MARGIN,
                      4));
      BufferedImage image =
          new BufferedImage(dots.getWidth(), dots.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
      byte[] bits = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      int bytesPerLine = bits.length / dots.getHeight();
      for (int y = 0; y < dots.getHeight(); y++) {
        for (int x = 0; x < dots.getWidth(); x++) {
          if (!dots.get(x, y)) {
            bits[y * bytesPerLine + x / 8] |= (byte) (0x80 >> x % 8); // white
          }
        }
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) { // never a file
        ImageIO.write(image, "png", out);
      }
      return png.toByteArray();
    } catch (WriterException tooLong) {
      throw new IllegalStateException("a payment code cannot be drawn", tooLong);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
