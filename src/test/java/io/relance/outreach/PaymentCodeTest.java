package io.relance.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.relance.kernel.Money;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The code of the European Payments Council's guideline EPC069-12. */
class PaymentCodeTest {

  private static final String IBAN = "FR76 3000 6000 0112 3456 7890 189";

  @Test
  void theLinesAreThoseOfTheGuideline() {
    String code =
        PaymentCode.of("Atelier Moreau", IBAN, Money.of("1234.50", "EUR"), "RF45123451234512345")
            .orElseThrow();
    assertThat(code.split("\n", -1))
        .containsExactly(
            "BCD",
            "002",
            "1",
            "SCT",
            "",
            "Atelier Moreau",
            "FR7630006000011234567890189",
            "EUR1234.50",
            "",
            "RF45123451234512345");
  }

  @Test
  void aNameFillsItsLineAndNoMore() {
    String code =
        PaymentCode.of("Ö".repeat(80) + "\nBCD", IBAN, Money.of("1.00", "EUR"), "RF31FA2026000123")
            .orElseThrow();
    assertThat(code.split("\n")[5]).isEqualTo("Ö".repeat(70));
    assertThat(code.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(331);
  }

  /** Other currencies, no account, nothing to pay: the guideline has no code for them. */
  @Test
  void thereIsNoneForWhatNoTransferOfThisKindPays() {
    assertThat(PaymentCode.of("A", IBAN, Money.of("1.00", "GBP"), "RF31FA2026000123")).isEmpty();
    assertThat(PaymentCode.of("A", null, Money.of("1.00", "EUR"), "RF31FA2026000123")).isEmpty();
    assertThat(PaymentCode.of("A", IBAN, null, "RF31FA2026000123")).isEmpty();
    assertThat(PaymentCode.of("A", IBAN, Money.of("0.00", "EUR"), "RF31FA2026000123")).isEmpty();
    assertThat(PaymentCode.of("A", IBAN, Money.of("1000000000.00", "EUR"), "RF31FA2026000123"))
        .isEmpty();
  }

  @Test
  void aReaderReadsFromTheImageWhatWasWritten() throws Exception {
    String code =
        PaymentCode.of("Café Zürich & Söhne", IBAN, Money.of("65.00", "EUR"), "RF31FA2026000123")
            .orElseThrow();
    var image = ImageIO.read(new ByteArrayInputStream(PaymentCode.png(code)));
    int[] dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    var source = new com.google.zxing.RGBLuminanceSource(image.getWidth(), image.getHeight(), dots);
    assertThat(new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText())
        .isEqualTo(code);
  }
}
