package io.relance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgedBalanceTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 31);

  @ParameterizedTest
  @CsvSource({
    "2026-04-10, not-due",
    "2026-03-31, not-due",
    "2026-03-30, 1-30",
    "2026-03-01, 1-30",
    "2026-02-28, 31-60",
    "2026-01-30, 31-60",
    "2026-01-29, 61-90",
    "2025-12-31, 61-90",
    "2025-12-30, 91+",
    "2020-01-01, 91+"
  })
  void anItemIsInOneBucket(LocalDate due, String bucket) {
    assertThat(AgeingBucket.of(due, DAY).word()).isEqualTo(bucket);
  }

  @Test
  void theBucketsAddUpAndCreditsAreApart() {
    List<AgedBalance> balances =
        AgedBalance.of(
            List.of(
                item("100.10", "EUR", 10),
                item("50.05", "EUR", 100),
                item("70.00", "EUR", -5),
                item("-20.00", "EUR", 10),
                item("9.99", "GBP", 45)),
            DAY);
    assertThat(balances).hasSize(2);
    AgedBalance euro = balances.getFirst();
    assertThat(euro.buckets().get(AgeingBucket.NOT_DUE)).isEqualTo(Money.of("70.00", "EUR"));
    assertThat(euro.buckets().get(AgeingBucket.TO_30)).isEqualTo(Money.of("100.10", "EUR"));
    assertThat(euro.buckets().get(AgeingBucket.TO_60)).isEqualTo(Money.of("0.00", "EUR"));
    assertThat(euro.buckets().get(AgeingBucket.BEYOND)).isEqualTo(Money.of("50.05", "EUR"));
    assertThat(euro.credits()).isEqualTo(Money.of("20.00", "EUR"));
    assertThat(euro.overdue()).isEqualTo(Money.of("150.15", "EUR"));
    assertThat(euro.total()).isEqualTo(Money.of("200.15", "EUR"));
    assertThat(balances.get(1).overdue()).isEqualTo(Money.of("9.99", "GBP"));
  }

  private static Invoice item(String amount, String currency, int daysLate) {
    return AnInvoice.open(1, DAY.minusDays(daysLate), amount, currency);
  }
}
