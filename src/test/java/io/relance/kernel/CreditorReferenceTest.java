package io.relance.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ISO 11649, with published references. */
class CreditorReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "AB2G5, RF68AB2G5",
    "1234512345, RF451234512345",
    "TU06FX, RF96TU06FX",
    "FA2026000123, RF31FA2026000123"
  })
  void checkDigits(String body, String reference) {
    assertThat(CreditorReference.of(body).value()).isEqualTo(reference);
    assertThat(new CreditorReference(reference).body()).isEqualTo(body);
  }

  @Test
  void aSlipOfThePenIsNoReference() {
    assertThat(CreditorReference.isValid("RF69AB2G5")).isFalse();
    assertThat(CreditorReference.isValid("RF68AB2G6")).isFalse();
    assertThat(CreditorReference.isValid("RF68A2BG5")).isFalse();
    assertThat(CreditorReference.isValid("rf68AB2G5")).isFalse();
    assertThatThrownBy(() -> CreditorReference.of("1234567890123456789012"))
        .hasMessageContaining("1 to 21");
    assertThatThrownBy(() -> CreditorReference.of("A-1"))
        .hasMessageContaining("letters and digits");
  }

  @Test
  void itIsFoundInWhateverBanksMakeOfIt() {
    CreditorReference one = CreditorReference.of("I1234");
    CreditorReference other = CreditorReference.of("P77");
    assertThat(one.printed()).matches("RF\\d\\d I123 4");
    assertThat(in(one.value())).containsExactly(one);
    assertThat(in("/RFB/" + one.printed() + " MERCI")).containsExactly(one);
    assertThat(in("paid " + one.value().toLowerCase(Locale.ROOT))).containsExactly(one);
    assertThat(in(one.printed() + ", " + other.printed())).containsExactly(one, other);
    assertThat(in(one.printed() + " " + other.printed())).containsExactly(one, other);
    assertThat(in(one.value() + " et " + other.value() + " FACTURE 2026 815"))
        .containsExactly(one, other);
    assertThat(in("XRF68AB2G5 or RF99 nothing")).isEqualTo(List.of());
  }

  /** Words after a reference may make a second one of it: then nobody guesses. */
  @Test
  void twoReadingsAreNone() {
    CreditorReference shorter = CreditorReference.of("P12");
    String text = null;
    for (int more = 0; more < 10_000 && text == null; more++) {
      if (CreditorReference.isValid(shorter.value() + more)) {
        text = shorter.value() + " " + more;
      }
    }
    assertThat(text).isNotNull();
    assertThat(in(text)).isEmpty();
  }

  private static List<CreditorReference> in(String text) {
    return CreditorReference.in(text, r -> r.body().matches("[IP][0-9]+"));
  }
}
