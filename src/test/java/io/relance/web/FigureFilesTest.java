package io.relance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.analytics.Figure;
import io.relance.kernel.Money;
import io.relance.web.FigureTable.Cell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

@DisplayName("Figures as files")
class FigureFilesTest {

  private final MessageSource messages = PageMessages.messageSource();
  private final FigureFiles files = new FigureFiles(new PageWords(messages, new Phrases(messages)));

  @BeforeEach
  void read() {
    LocaleContextHolder.setLocale(Locale.UK);
  }

  @AfterEach
  void leave() {
    LocaleContextHolder.resetLocaleContext();
  }

  @Test
  void haveAmountsAndDaysThatProgramsUnderstand() {
    assertThat(new String(files.csv(table("INV-1, \"a\"")), StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFFCustomer,Due,Open,Invoices\r\n\"INV-1, \"\"a\"\"\",2026-11-30,-1234.50,3\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"})
  void neverHoldFormulasOfOthers(String name) throws IOException {
    String csv = new String(files.csv(table(name)), StandardCharsets.UTF_8);
    assertThat(csv.lines().skip(1).findFirst().orElseThrow().replaceAll("^\"", ""))
        .startsWith("'" + name.substring(0, 1).strip());
    String sheet = part(files.xlsx(List.of(table(name))), "xl/worksheets/sheet1.xml");
    assertThat(sheet).as("no cell is a formula").doesNotContain("<f>").contains("t=\"s\"");
    assertThat(sheet).as("an amount is a number").contains("<v>-1234.5");
    assertThat(part(files.xlsx(List.of(table(name))), "xl/sharedStrings.xml"))
        .contains(name.strip().substring(0, 1));
  }

  @Test
  void haveASheetForEachTable() throws IOException {
    byte[] book = files.xlsx(List.of(table("a"), FigureTable.of("roll-rates", "currency")));
    assertThat(part(book, "xl/workbook.xml")).contains("name=\"Invoices\"", "name=\"Roll rates\"");
  }

  @Test
  void sayInBothLanguagesWhyThereIsNoFigure() {
    for (Figure.Why why : Figure.Why.values()) {
      assertThat(messages.getMessage("figures.why." + why.word(), null, Locale.ENGLISH))
          .isEqualTo(why.text());
      assertThat(messages.getMessage("figures.why." + why.word(), null, Locale.FRENCH))
          .isNotEqualTo(why.text());
    }
  }

  private static FigureTable table(String name) {
    FigureTable table = FigureTable.of("items", "name", "due-date", "#open", "#invoices");
    table.row(
        Cell.text(name),
        Cell.day(LocalDate.of(2026, 11, 30), "30 Nov 2026"),
        Cell.money(Money.of("-1234.50", "EUR"), Locale.UK),
        Cell.number(3));
    return table;
  }

  private static String part(byte[] book, String name) throws IOException {
    Path file = Files.createTempFile("figures", ".xlsx");
    try {
      Files.write(file, book);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) {
          return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    } finally {
      Files.delete(file);
    }
    throw new AssertionError(name + " is missing");
  }
}
