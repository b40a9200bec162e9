package io.relance.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentsTest {

  @ParameterizedTest
  @CsvSource({
    "a, 0, 1",
    "a, 160, 1",
    "a, 161, 2",
    "a, 306, 2",
    "a, 307, 3", // GSM
    "é, 160, 1",
    "ß, 161, 2",
    "€, 80, 1",
    "€, 81, 2", // two of 160 each
    "ê, 70, 1",
    "ê, 71, 2",
    "ê, 134, 2",
    "ê, 135, 3", // outside the GSM alphabet
    "😀, 35, 1",
    "😀, 36, 2" // a pair of UTF-16 units each
  })
  void countsParts(String character, int times, int parts) {
    assertThat(SmsSegments.of(character.repeat(times))).isEqualTo(parts);
  }

  /** 152 characters and an escape: the pair goes into the next part as a whole. */
  @Test
  void neverSplitsAPair() {
    assertThat(SmsSegments.of("a".repeat(152) + "€" + "a".repeat(151))).isEqualTo(2);
    assertThat(SmsSegments.of("a".repeat(152) + "€" + "a".repeat(152))).isEqualTo(3);
    assertThat(SmsSegments.of("ê".repeat(66) + "😀" + "ê".repeat(66))).isEqualTo(3);
  }

  @Test
  void aTextIsWrittenInPlainSpacesQuotesAndDashes() {
    String typed =
        "L\u2019œuvre\u00a0: 1\u202f250,00\u00a0€ \u2014 \u00abdès\u00bb demain\u2026\u200b ";
    String plain = "L'oeuvre : 1 250,00 € - \"dès\" demain...";
    assertThat(SmsText.plain(typed)).isEqualTo(plain);
    assertThat(SmsSegments.isGsm(plain)).isTrue();
    assertThat(SmsSegments.isGsm(typed)).isFalse();
  }

  @Test
  void lettersStayAsTheyAre() {
    assertThat(SmsText.plain("Forêt & Cie, reçu e\u0301crit\nδ"))
        .isEqualTo("Forêt & Cie, reçu écrit\nδ");
  }
}
