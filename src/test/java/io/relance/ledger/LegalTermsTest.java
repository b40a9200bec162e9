package io.relance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The longest payment terms, and both readings of "45 days end of month". */
class LegalTermsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-15, 2026-03-17, 2026-03-31, 2026-03-16",
    "2026-01-31, 2026-03-17, 2026-03-31, 2026-04-01",
    "2026-02-01, 2026-04-14, 2026-03-31, 2026-04-02",
    "2026-04-15, 2026-06-14, 2026-05-31, 2026-06-14",
    "2026-04-17, 2026-06-14, 2026-06-30, 2026-06-16",
    "2024-01-15, 2024-03-16, 2024-02-29, 2024-03-15"
  })
  void bothReadingsAndSixtyDays(
      LocalDate issued, LocalDate daysAfterMonth, LocalDate monthAfterDays, LocalDate sixty) {
    assertThat(LegalTerms.monthEnd("days-after-month", issued)).isEqualTo(daysAfterMonth);
    assertThat(LegalTerms.monthEnd("month-after-days", issued)).isEqualTo(monthAfterDays);
    assertThat(LegalTerms.monthEnd("either", issued))
        .isEqualTo(daysAfterMonth.isAfter(monthAfterDays) ? daysAfterMonth : monthAfterDays);
    LocalDate strict = daysAfterMonth.isAfter(sixty) ? daysAfterMonth : sixty;
    assertThat(against("FR", "days-after-month", issued, strict)).isEmpty();
    assertThat(against("FR", "days-after-month", issued, strict.plusDays(1)))
        .hasValueSatisfying(
            w -> assertThat(w).contains(sixty.toString(), daysAfterMonth.toString(), "L441-10"));
    assertThat(against("GB", "either", issued, sixty)).isEmpty();
    assertThat(against("GB", "either", issued, sixty.plusDays(1))).isPresent();
    assertThat(against("US", "either", issued, sixty.plusDays(400))).isEmpty();
  }

  @Test
  void anotherReadingIsRefused() {
    assertThatThrownBy(() -> LegalTerms.monthEnd("whatever", LocalDate.EPOCH))
        .hasMessageContaining("days-after-month");
  }

  private static Optional<String> against(
      String country, String reading, LocalDate issued, LocalDate due) {
    return LegalTerms.against(ACreditor.in(country, reading), issued, due);
  }
}
