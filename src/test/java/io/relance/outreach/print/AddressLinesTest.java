package io.relance.outreach.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the address, its lines fit. */
class AddressLinesTest {

  private static final double WIDTH = 77;
  private static final double HEIGHT = 30;

  private static AddressLines fit(String remark, String name, List<String> lines) {
    return AddressLines.fit(remark, name, lines, Letter.TYPEFACE::widthOf, WIDTH, HEIGHT);
  }

  @Test
  void aUsualAddressIsLarge() {
    AddressLines lines =
        fit("Par lettre recommandée", "Anna Nowak", List.of("ul. Długa 5", "00-001 Łódź"));
    assertThat(lines.size()).isEqualTo(11);
    assertThat(lines.lines())
        .containsExactly("Par lettre recommandée", "Anna Nowak", "ul. Długa 5", "00-001 Łódź");
  }

  @Test
  void anythingFits() {
    Random random = new Random(7);
    String letters = "abc WMéßł€-";
    for (int round = 0; round < 2_000; round++) {
      List<String> address = new ArrayList<>();
      for (int i = random.nextInt(15); i >= 0; i--) {
        address.add(text(random, letters, 1 + random.nextInt(120)));
      }
      AddressLines lines = fit(null, text(random, letters, 1 + random.nextInt(250)), address);
      assertThat(lines.lines().size() * lines.leading()).isLessThanOrEqualTo(HEIGHT + 1e-6);
      for (String line : lines.lines()) {
        assertThat(Letter.TYPEFACE.widthOf(line) / 1000.0 * lines.size() * 25.4 / 72)
            .as(line)
            .isLessThanOrEqualTo(WIDTH + 1e-6);
      }
    }
  }

  private static String text(Random random, String letters, int length) {
    StringBuilder text = new StringBuilder("x");
    for (int i = 1; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void nothingIsLostWhereItFitsSmaller() {
    List<String> seven =
        List.of(
            "Line one",
            "Line two",
            "Line three",
            "Line four",
            "Line five",
            "75001 Paris",
            "FRANCE");
    AddressLines lines = fit(null, "A name", seven);
    assertThat(lines.lines()).hasSize(8).endsWith("75001 Paris", "FRANCE");
  }
}
