package io.relance.outreach.print;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.PDFTextStripperByArea;

/** Letters of the tests, and how their PDFs are read. */
final class Letter {

  static final Instant WRITTEN = Instant.parse("2026-03-02T09:00:00Z");
  static final Typeface TYPEFACE = new Typeface();
  static final PdfRenderer RENDERER = new PdfRenderer(TYPEFACE, InstantSource.fixed(WRITTEN));
  static final LetterPaper PAPER = new LetterPaper(TYPEFACE);

  private Letter() {}

  static LetterParts to(String country, String name, List<String> address, String body) {
    boolean french = country.equals("FR");
    return new LetterParts(
        french ? "fr" : "de",
        country,
        french ? "Société Générale d’Éclairage" : "Müller & Söhne GmbH",
        french
            ? List.of("12 rue de la Paix", "75002 Paris")
            : List.of("Königstraße 5", "10115 Berlin"),
        null,
        null,
        name,
        address,
        french ? "Le 2 mars 2026" : "2. März 2026",
        "RF18 5390 0754 7034",
        french ? "Rappel : somme à payer" : "Zahlungserinnerung",
        body);
  }

  /** A body of so many lines of a statement. */
  static String statement(int lines) {
    return "<p>Guten Tag, es ist noch"
        + " offen:</p><table><thead><tr><th>Rechnung</th><th>Fällig</th><th"
        + " style=\"text-align:right\">Offen</th></tr></thead><tbody>"
        + IntStream.rangeClosed(1, lines)
            .mapToObj(
                n ->
                    "<tr><td>R-%04d</td><td>2. Februar 2026</td><td style=\"text-align:right\">1.234,56 €</td></tr>"
                        .formatted(n))
            .collect(Collectors.joining())
        + "</tbody></table><p>Mit freundlichen Grüßen</p>";
  }

  static byte[] pdf(LetterParts parts) {
    return RENDERER.render(PAPER.page(parts));
  }

  static String textOf(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of the first page in a rectangle, millimetres from its upper left corner. */
  static String textIn(byte[] pdf, double left, double top, double width, double height) {
    return textIn(pdf, 0, left, top, width, height);
  }

  static String textIn(byte[] pdf, int page, double left, double top, double width, double height) {
    double points = 72 / 25.4;
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripperByArea stripper = new PDFTextStripperByArea();
      stripper.setSortByPosition(true);
      stripper.addRegion(
          "it",
          new Rectangle2D.Double(left * points, top * points, width * points, height * points));
      stripper.extractRegions(document.getPage(page));
      return stripper.getTextForRegion("it");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
