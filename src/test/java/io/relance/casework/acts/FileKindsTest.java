package io.relance.casework.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are kept with a payer, and under which names. */
class FileKindsTest {

  private static final byte[] PDF = bytes("%PDF-1.7 …");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "contract.pdf, contract.pdf",
    "Relevé n°4 (2026).PDF, Relevé n-4 (2026).pdf",
    "<script>alert(1)</script>.pdf, script-.pdf",
    "../../etc/passwd.pdf, passwd.pdf",
    "C:\\Users\\me\\scan.pdf, scan.pdf",
    ".hidden.pdf, hidden.pdf",
    "two\u202efdp.exe.pdf, two-fdp.exe.pdf",
  })
  void aNameIsMadeHarmless(String given, String kept) {
    assertThat(FileKinds.check(given, PDF)).isEqualTo(kept);
  }

  @Test
  void aLongNameKeepsItsEnding() {
    assertThat(FileKinds.check("x".repeat(500) + ".pdf", PDF)).hasSize(120).endsWith("x.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page.html",
        "page.svg",
        "run.exe",
        "run.js",
        "macro.docm",
        "noending",
        "a.pdf.exe"
      })
  void whatRunsIsNotKept(String name) {
    assertThatThrownBy(() -> FileKinds.check(name, PDF)).hasMessageContaining("kept are files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.pdf", "a.png", "a.jpg", "a.docx", "a.xls", "a.webp", "a.heic", "a.eml"})
  void aPageUnderAnotherNameIsNotKept(String name) {
    assertThatThrownBy(() -> FileKinds.check(name, bytes("<html><script>alert(1)</script></html>")))
        .hasMessageContaining("what is in it is no");
    assertThatThrownBy(() -> FileKinds.check(name, bytes("MZ\u0090 program")))
        .hasMessageContaining("what is in it is no");
    assertThatThrownBy(() -> FileKinds.check(name, new byte[0])).hasMessageContaining("empty");
  }

  @Test
  void eachKindIsKnownByHowItBegins() {
    assertThat(FileKinds.check("a.png", bytes("\u0089PNG\r\n\u001a\n…"))).isEqualTo("a.png");
    assertThat(FileKinds.check("a.jpeg", bytes("\u00ff\u00d8\u00ff…"))).isEqualTo("a.jpeg");
    assertThat(FileKinds.check("a.webp", bytes("RIFF1234WEBPVP8 "))).isEqualTo("a.webp");
    assertThat(FileKinds.check("a.heic", bytes("\0\0\0\u0018ftypheic"))).isEqualTo("a.heic");
    assertThat(FileKinds.check("a.docx", bytes("PK\u0003\u0004 word/document.xml")))
        .isEqualTo("a.docx");
    assertThat(FileKinds.check("a.eml", bytes("Received: by us\r\nFrom: a@b.example\r\n\r\nhello")))
        .isEqualTo("a.eml");
  }

  @Test
  void aDocumentWithMacrosIsNotKept() {
    assertThatThrownBy(
            () -> FileKinds.check("a.docx", bytes("PK\u0003\u0004 … word/vbaProject.bin …")))
        .hasMessageContaining("macros");
    byte[] old = new byte[200];
    System.arraycopy(bytes("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"), 0, old, 0, 8);
    assertThat(FileKinds.check("a.doc", old)).isEqualTo("a.doc");
    byte[] name = "_VBA_PROJECT".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(name, 0, old, 100, name.length);
    assertThatThrownBy(() -> FileKinds.check("a.doc", old)).hasMessageContaining("macros");
  }
}
