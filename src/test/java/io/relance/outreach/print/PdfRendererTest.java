package io.relance.outreach.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PDF has everything in it, and takes nothing from elsewhere. */
class PdfRendererTest {

  private static final String DOT =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

  private final PdfRenderer renderer = Letter.RENDERER;

  private static String page(String head, String body) {
    return "<!DOCTYPE html>\n<html lang=\"fr\"><head><title>Rappel</title>%s</head><body>%s</body></html>"
        .formatted(head, body);
  }

  @Test
  void lettersOfAllOfEuropeAreThereAndReadable() {
    String words =
        "äöüß € éèçœ ñ ¿ łąż ő ů ș ț ğ İ Ελλάδα България – „Anführung“ “quote” 1 234,56 €";
    assertThat(Letter.textOf(renderer.render(page("", "<p>" + words + "</p>")))).contains(words);
  }

  @Test
  void everyTypefaceIsInTheFile() throws IOException {
    byte[] pdf =
        renderer.render(
            page(
                "<style>body { font-family: Georgia, serif } code { font-family: monospace"
                    + " }</style>",
                "<p>a <b>b</b> <i>c</i> <b><i>d</i></b> <code>e</code> \u05d0</p>"));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (PDPage page : document.getPages()) {
        assertThat(page.getResources().getFontNames()).hasSizeGreaterThan(3);
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).as(font.getName()).isTrue();
        }
      }
    }
  }

  @Test
  void aDocumentSaysWhatItIs() throws IOException {
    Pdf pdf = renderer.typeset(page("", "<p>x</p>"), "Müller & Söhne", Letter.WRITTEN, Map.of());
    try (PDDocument document = Loader.loadPDF(pdf.content())) {
      assertThat(pdf.pages()).isEqualTo(1);
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Rappel");
      assertThat(document.getDocumentInformation().getAuthor()).isEqualTo("Müller & Söhne");
      assertThat(document.getDocumentInformation().getCreationDate().toInstant())
          .isEqualTo(Letter.WRITTEN);
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
      String xmp =
          new String(
              document.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8);
      assertThat(xmp).contains("2026-03-02T09:00Z", "<pdfaid:part>2</pdfaid:part>");
      assertThat(document.getDocumentCatalog().getOutputIntents()).hasSize(1);
    }
  }

  @Test
  void theSamePageIsTheSameFile() {
    LetterParts parts =
        Letter.to("DE", "Jörg Weiß", java.util.List.of("10115 Berlin"), Letter.statement(40));
    assertThat(Letter.pdf(parts)).isEqualTo(Letter.pdf(parts));
  }

  @Test
  void picturesAreInThePageOrGiven() throws IOException {
    byte[] pdf =
        renderer
            .typeset(
                page("", "<img src=\"" + DOT + "\"/><img src=\"cid:logo\"/>"),
                null,
                Letter.WRITTEN,
                Map.of("logo", DOT))
            .content();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getPage(0).getResources().getXObjectNames()).isNotEmpty();
    }
    byte[] without = renderer.render(page("", "<img src=\"cid:unknown\"/>"));
    try (PDDocument document = Loader.loadPDF(without)) {
      assertThat(document.getPage(0).getResources().getXObjectNames()).isEmpty();
    }
  }

  /** Every way that a page can name something else is tried, on a server that counts who comes. */
  @Test
  void nothingIsTakenFromElsewhere(@TempDir Path folder) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    Path secret = folder.resolve("secret.css");
    Files.writeString(secret, "p::before { content: 'TOP SECRET' }");
    String http = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      for (String where :
          new String[] {
            http, secret.toUri().toString(), "jar:" + http + "!/", "ftp:" + http.substring(5)
          }) {
        String address = where.equals(http) ? http + "/x.css" : where;
        byte[] pdf =
            renderer.render(
                page(
                    ("<link rel=\"stylesheet\" href=\"%1$s\"/><base href=\"%1$s\"/><style>@import"
                            + " url('%1$s'); @font-face { font-family: F; src: url('%1$s') } p {"
                            + " background-image: url('%1$s'); list-style-image: url('%1$s');"
                            + " font-family: F } @page { @top-left { content: url('%1$s') } }"
                            + " q::before { content: url('%1$s') }</style>")
                        .formatted(address),
                    ("<p>text<q>x</q></p><img src=\"%1$s\"/><object data=\"%1$s\">x</object><iframe"
                            + " src=\"%1$s\"></iframe><embed src=\"%1$s\"/><input type=\"image\""
                            + " src=\"%1$s\"/><a href=\"%1$s\" download=\"f\""
                            + " data-content-type=\"text/css\">a</a><script src=\"%1$s\"></script>")
                        .formatted(address)));
        assertThat(Letter.textOf(pdf)).contains("text").doesNotContain("TOP SECRET");
      }
      assertThat(asked.get()).as("requests that the server got").isZero();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void externalEntitiesAreRefused(@TempDir Path folder) throws IOException {
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, "TOP SECRET");
    for (String type :
        new String[] {
          "<!DOCTYPE html [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>",
          "<!DOCTYPE html SYSTEM \"" + secret.toUri() + "\">",
          "<!DOCTYPE html [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY x \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
        }) {
      assertThatThrownBy(
              () -> renderer.render(type + "<html><head/><body><p>&x;</p></body></html>"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not well-formed")
          .hasMessageNotContaining("TOP SECRET");
    }
  }

  @Test
  void onlyLinksThatPeopleUseAreLeft() throws IOException {
    byte[] pdf =
        renderer.render(
            page(
                "",
                "<a href=\"https://pay.example/x\">pay</a> <a href=\"javascript:alert(1)\">no</a>"
                    + " <a href=\"file:///etc/passwd\">no</a>"));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(
              document.getPage(0).getAnnotations().stream()
                  .map(a -> ((PDActionURI) ((PDAnnotationLink) a).getAction()).getURI()))
          .containsExactly("https://pay.example/x");
    }
  }

  @Test
  void whatIsNotWellFormedIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> renderer.render(page("", "<p>open\n<br></p>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> renderer.render("<p>no page</p>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<html>");
  }

  @Test
  void controlCharactersDoNoHarm() {
    assertThat(Letter.textOf(renderer.render(page("", "<p>be\u0007ll \uffff</p>"))))
        .contains("bell");
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThatThrownBy(() -> renderer.render(page("", "x".repeat(SafeXhtml.LENGTH_MAX))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2000000");
    String pages = "<p style=\"page-break-after: always\">x</p>".repeat(PdfRenderer.PAGES_MAX + 1);
    assertThatThrownBy(() -> renderer.render(page("", pages)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("200 is the most");
  }
}
