package io.relance.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class MoneyTest {

  @Test
  void isExactInItsCurrencysDecimals() {
    assertThat(Money.of("0.10", "EUR").plus(Money.of("0.20", "EUR")))
        .isEqualTo(Money.of("0.3", "EUR"));
    assertThat(Money.of("100", "JPY").plain()).isEqualTo("100");
    assertThat(Money.of("1.5", "BHD").plain()).isEqualTo("1.500");
    assertThatThrownBy(() -> Money.of("0.001", "EUR")).hasMessageContaining("more than 2 decimals");
  }

  @Test
  void neverMixesCurrencies() {
    assertThatThrownBy(() -> Money.of("1", "EUR").plus(Money.of("1", "USD")))
        .hasMessageContaining("different currencies");
    assertThatThrownBy(() -> Money.of("1", "XXL")).hasMessageContaining("ISO 4217");
  }

  @Test
  void readsAsItsReaderWrites() {
    assertThat(Money.of("1234.5", "EUR").format(Locale.UK)).isEqualTo("1,234.50\u00a0EUR");
    assertThat(Money.of("1234.5", "EUR").format(Locale.FRANCE)).isEqualTo("1\u202f234,50\u00a0EUR");
  }
}
