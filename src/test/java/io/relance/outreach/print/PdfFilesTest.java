package io.relance.outreach.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.kernel.SpreadsheetText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;

/** A PDF from elsewhere is one that its reader can open; and cells of a list stay text. */
class PdfFilesTest {

  private static final byte[] GOOD =
      Letter.pdf(Letter.to("DE", "Jörg Weiß", List.of("10115 Berlin"), "<p>x</p>"));

  @Test
  void whatEverybodyCanOpenIsTaken() {
    PdfFiles.requireReadable(GOOD);
  }

  @Test
  void whatIsNoPdfIsRefused() {
    for (String content : List.of("", "%PDF", "<html>%PDF-</html>")) {
      assertThatThrownBy(() -> PdfFiles.requireReadable(content.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no PDF");
    }
  }

  @Test
  void whatIsBrokenIsRefused() {
    assertThatThrownBy(
            () ->
                PdfFiles.requireReadable(
                    "%PDF-1.7\nand then nothing".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("export it anew");
    assertThatThrownBy(() -> PdfFiles.requireReadable(Arrays.copyOf(GOOD, 200)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsEncryptedIsRefused() throws IOException {
    for (String password : new String[] {"secret", ""}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (PDDocument document = Loader.loadPDF(GOOD)) {
        document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
        document.save(out);
      }
      assertThatThrownBy(() -> PdfFiles.requireReadable(out.toByteArray()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("password");
    }
  }

  @Test
  void noCellIsAFormula() {
    for (String cell : List.of("=1+1", "+49 30", "-5", "@SUM(A1)", "\tx", "\rx")) {
      assertThat(SpreadsheetText.harmless(cell)).isEqualTo("'" + cell);
    }
    for (String cell : List.of("", "Jörg", "10115 Berlin", "'=x")) {
      assertThat(SpreadsheetText.harmless(cell)).isEqualTo(cell);
    }
  }

  @Test
  void whatALetterSaysOfItsRecipientWins() {
    assertThat(
            Recipients.of(
                "Weiß, Jörg",
                "Lange Str. 1, 10115 Berlin",
                "Weiß, Jörg, Lange Str. 1, 10115 Berlin"))
        .isEqualTo(new Recipients.Recipient("Weiß, Jörg", List.of("Lange Str. 1", "10115 Berlin")));
    assertThat(Recipients.of("Weiß", "moved away", "Weiß, Lange Str. 1, 10115 Berlin"))
        .isEqualTo(new Recipients.Recipient("Weiß", List.of("Lange Str. 1", "10115 Berlin")));
  }
}
