package io.relance.outreach.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address stands where the window is, whatever the address; and nothing else does. */
class LetterPaperTest {

  private static final List<String> BERLIN =
      List.of("Straße der Pariser Kommune 8", "10243 Berlin");
  private static final String BODY = "<p>Guten Tag,</p><p>bitte zahlen Sie 80,00 €.</p>";

  @Test
  void aGermanLetterHasItsAddressAtTheLeft() {
    byte[] pdf = Letter.pdf(Letter.to("DE", "Jörg Weiß", BERLIN, BODY));
    assertThat(window(pdf, "DE").lines().map(String::strip))
        .containsExactly(
            "Müller & Söhne GmbH · Königstraße 5 · 10115 Berlin",
            "Jörg Weiß",
            "Straße der Pariser Kommune 8",
            "10243 Berlin");
    assertThat(Letter.textIn(pdf, 105, 45, 105, 45)).doesNotContain("Weiß", "10243");
    assertThat(Letter.textIn(pdf, 105, 45, 105, 45)).contains("2. März 2026", "Unser Zeichen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FR", "BE", "LU"})
  void elsewhereTheWindowIsAtTheRight(String country) {
    byte[] pdf =
        Letter.pdf(
            Letter.to(
                country, "Hélène Œuvrard", List.of("3 allée du Châtelet", "69001 Lyon"), BODY));
    assertThat(window(pdf, country).lines().map(String::strip))
        .containsExactly("Hélène Œuvrard", "3 allée du Châtelet", "69001 Lyon");
    assertThat(Letter.textIn(pdf, 0, 0, 100, 100)).doesNotContain("Œuvrard", "Lyon");
  }

  /** What a French envelope shows however the page slides in it. */
  @Test
  void fiveLinesAreSeenWhereverThePageSlides() {
    List<String> address =
        List.of("Bâtiment C", "3 allée du Châtelet", "BP 12", "69001 Lyon Cedex");
    byte[] pdf = Letter.pdf(Letter.to("FR", "Hélène Œuvrard", address, BODY));
    assertThat(Letter.textIn(pdf, 100, 54, 90, 25))
        .contains("Hélène Œuvrard", "Bâtiment C", "69001 Lyon Cedex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "FR"})
  void aLongAddressStaysInItsWindow(String country) {
    String name =
        "Gesellschaft zur Förderung der wissenschaftlichen Zusammenarbeit in der"
            + " Donaudampfschifffahrt und verwandter Gewerbe mit beschränkter Haftung";
    List<String> address =
        List.of(
            "Abteilung Kreditorenbuchhaltung",
            "z. Hd. Frau Prof. Dr. Elisabeth von und zu Guttenberg-Hohenzollern",
            "Gebäude 12, 3. Stock",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsstraße"
                + " 125",
            "Postfach 12 34 56",
            "12345 Neustadt an der Weinstraße",
            "ÖSTERREICH");
    byte[] pdf = Letter.pdf(Letter.to(country, name, address, BODY));
    String seen = squeezed(window(pdf, country));
    assertThat(seen).contains(squeezed(name)).contains(squeezed(address.getLast()));
    address.forEach(line -> assertThat(seen).contains(squeezed(line)));
    String all = squeezed(Letter.textOf(pdf));
    assertThat(all.indexOf("ÖSTERREICH")).isEqualTo(all.lastIndexOf("ÖSTERREICH"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "FR"})
  void whatCannotFitIsCutButNeverTheTown(String country) {
    List<String> address =
        IntStream.rangeClosed(1, 60).mapToObj(n -> "Line " + n).collect(Collectors.toList());
    address.add("W".repeat(300));
    address.add("75001 Paris");
    byte[] pdf = Letter.pdf(Letter.to(country, "W".repeat(200), address, BODY));
    String outside = Letter.textOf(pdf).replaceAll("\\s", "");
    String seen = window(pdf, country).replaceAll("\\s", "");
    assertThat(seen).contains("75001Paris", "WWW");
    assertThat(outside.split("Line", -1)).hasSameSizeAs(seen.split("Line", -1));
  }

  @Test
  void namesAreTextAndNothingElse() {
    byte[] pdf =
        Letter.pdf(
            Letter.to(
                "DE",
                "<b>Bold</b> & \"Co\" \u0007</div>",
                List.of("<script>alert(1)</script>", "1000 }} */ @import"),
                BODY));
    assertThat(window(pdf, "DE"))
        .contains("<b>Bold</b> & \"Co\" </div>", "<script>alert(1)</script>");
  }

  @Test
  void followingPagesHaveNumbersAndTheFirstHasNone() throws IOException {
    byte[] pdf = Letter.pdf(Letter.to("DE", "Jörg Weiß", BERLIN, Letter.statement(80)));
    int pages;
    try (PDDocument document = Loader.loadPDF(pdf)) {
      pages = document.getNumberOfPages();
    }
    assertThat(pages).isEqualTo(3);
    assertThat(Letter.textIn(pdf, 0, 0, 272, 210, 25)).isBlank();
    assertThat(Letter.textIn(pdf, 1, 0, 272, 210, 25).strip()).isEqualTo("2/3");
    assertThat(Letter.textIn(pdf, 2, 0, 272, 210, 25).strip()).isEqualTo("3/3");
    assertThat(Letter.textIn(pdf, 1, 0, 0, 210, 30)).contains("Müller & Söhne GmbH · 2. März 2026");
    assertThat(Letter.textIn(pdf, 1, 0, 30, 210, 20))
        .as("the table's head again")
        .contains("Rechnung");
    String all = Letter.textOf(pdf);
    IntStream.rangeClosed(1, 80)
        .forEach(n -> assertThat(all).containsOnlyOnce("R-%04d".formatted(n)));
  }

  private static String window(byte[] pdf, String country) {
    AddressWindow window = AddressWindow.of(country);
    return Letter.textIn(pdf, window.left(), window.top(), window.width(), window.height());
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s", "");
  }
}
