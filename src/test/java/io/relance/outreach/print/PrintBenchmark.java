package io.relance.outreach.print;

import java.util.List;
import java.util.Locale;

/** Prints how many PDFs one thread makes in a second; run it with the tests' class path. */
public final class PrintBenchmark {

  private static final int WARM_UP = 150;
  private static final int MEASURED = 300;

  private PrintBenchmark() {}

  public static void main(String[] args) {
    measure("a letter of one page", "<p>Guten Tag,</p><p>bitte zahlen Sie 80,00 €.</p>");
    measure("a statement of 40 lines", Letter.statement(40));
  }

  private static void measure(String what, String body) {
    LetterParts parts =
        Letter.to("DE", "Jörg Weiß", List.of("Straße der Pariser Kommune 8", "10243 Berlin"), body);
    for (int i = 0; i < WARM_UP; i++) {
      Letter.pdf(parts);
    }
    long begin = System.nanoTime();
    long bytes = 0;
    for (int i = 0; i < MEASURED; i++) {
      bytes += Letter.pdf(parts).length;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f/s on one thread, %.1f ms and %d KB each |%n",
        what,
        MEASURED / seconds,
        seconds * 1000 / MEASURED,
        bytes / MEASURED / 1024);
  }
}
