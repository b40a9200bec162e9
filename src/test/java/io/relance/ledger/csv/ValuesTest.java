package io.relance.ledger.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private final Values iso = new Values(null, null);
  private final Values german = new Values("dd.MM.yyyy", ",");
  private final Values us = new Values("M/d/yyyy", ".");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.56|1234.56",
        "1,234.56|1234.56",
        "-12|-12.00",
        "0.5|0.50",
        "1234567|1234567.00"
      })
  void readsAmountsWithAPoint(String text, String expected) {
    assertThat(iso.amount("amount", text, "EUR").plain()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1.234,56|1234.56", "1234,56|1234.56", "-1 234,5|-1234.50", "12|12.00"})
  void readsAmountsWithAComma(String text, String expected) {
    assertThat(german.amount("amount", text, "EUR").plain()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.234,56", "12,5", "abc", "1e5", "--1", "€ 5", "1,23.4", "99999999999999", "NaN"})
  void refusesAmountsAgainstTheDeclaredFormat(String text) {
    assertThatThrownBy(() -> iso.amount("amount", text, "EUR")).isInstanceOf(BadValue.class);
  }

  @Test
  void saysWhatToDoAboutTheOtherDecimalSign() {
    assertThatThrownBy(() -> iso.amount("amount", "1.234,56", "EUR"))
        .hasMessageContaining("set decimal in the mapping");
    assertThatThrownBy(() -> iso.amount("amount", "1.234", "EUR"))
        .hasMessageContaining("more decimals than EUR has");
  }

  @Test
  void refusesDaysThatAreNot() {
    assertThatThrownBy(() -> german.date("due_date", "31.02.2026"))
        .hasMessageContaining("dd.MM.yyyy");
    assertThatThrownBy(() -> us.date("due_date", "2/29/2026")).isInstanceOf(BadValue.class);
    assertThatThrownBy(() -> iso.date("due_date", "02/03/2026")).hasMessageContaining("yyyy-MM-dd");
    assertThat(us.date("due_date", "2/29/2028")).hasToString("2028-02-29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=cmd|' /C calc'!A0", "@SUM(A1)", "+cmd", "-cmd", "=1+1"})
  void refusesFormulas(String text) {
    assertThatThrownBy(() -> iso.text("customer_name", text, 200)).hasMessageContaining("formula");
  }

  @Test
  void takesWhatOnlyLooksLikeAFormula() {
    assertThat(iso.text("phone", "+33 1 23 45", 40)).isEqualTo("+33 1 23 45");
    assertThat(iso.text("customer_name", "Dubois & Fils <SARL>", 200))
        .isEqualTo("Dubois & Fils <SARL>");
  }

  @Test
  void refusesCurrenciesCountriesAndAddressesThatAreNot() {
    assertThatThrownBy(() -> iso.currency("currency", "EURO")).hasMessageContaining("ISO 4217");
    assertThatThrownBy(() -> iso.country("country", "France")).isInstanceOf(BadValue.class);
    assertThatThrownBy(() -> iso.email("email", "a@b@c.d")).isInstanceOf(BadValue.class);
    assertThatThrownBy(() -> iso.email("email", "a@example.org\r\nBcc: x@y.z"))
        .isInstanceOf(BadValue.class);
  }
}
