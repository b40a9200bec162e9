package io.relance.casework.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan adds up to the last cent, whatever is split into whatever. */
class InstalmentScheduleTest {

  private static final BusinessCalendar PARIS = BusinessCalendar.of("Europe/Paris", "FR");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  @Test
  void whatCannotBeDividedIsSpreadOverTheFirstOnes() {
    assertThat(even(Money.of("100.00", "EUR"), 3, MONDAY))
        .extracting(i -> i.amount().plain())
        .containsExactly("33.34", "33.33", "33.33");
    assertThat(even(Money.of("100", "JPY"), 3, MONDAY))
        .extracting(i -> i.amount().plain())
        .containsExactly("34", "33", "33");
    assertThat(even(Money.of("1.000", "BHD"), 7, MONDAY))
        .extracting(i -> i.amount().plain())
        .containsExactly("0.143", "0.143", "0.143", "0.143", "0.143", "0.143", "0.142");
  }

  @Test
  void anyAmountInAnyNumberOfInstalmentsAddsUp() {
    Random random = new Random(20260302);
    for (int n = 0; n < 5_000; n++) {
      Money total =
          Money.of(java.math.BigDecimal.valueOf(1 + random.nextInt(10_000_000), 2), "EUR");
      int count = 2 + random.nextInt(59);
      if (total.amount().movePointRight(2).intValueExact() < count) {
        continue;
      }
      List<Instalment> plan =
          InstalmentSchedule.even(total, count, MONDAY, InstalmentSchedule.Rhythm.WEEKLY, PARIS);
      assertThat(plan).hasSize(count);
      assertThat(plan.stream().map(Instalment::amount).reduce(Money::plus)).contains(total);
      assertThat(plan.getFirst().amount().minus(plan.getLast().amount()).amount())
          .isLessThanOrEqualTo(new java.math.BigDecimal("0.01"));
      assertThat(InstalmentSchedule.checked(plan, total, MONDAY)).isEqualTo(plan);
    }
  }

  /** The 31st comes back after a short month, and nothing falls on a day that is not worked. */
  @Test
  void daysAreThoseOfTheMonthThatAreWorked() {
    assertThat(even(Money.of("500.00", "EUR"), 5, LocalDate.of(2026, 1, 31)))
        .extracting(Instalment::dueOn)
        .containsExactly(
            LocalDate.of(2026, 2, 2), // the 31st is a Saturday
            LocalDate.of(2026, 3, 2), // 28 February is a Saturday
            LocalDate.of(2026, 3, 31),
            LocalDate.of(2026, 4, 30),
            LocalDate.of(2026, 6, 1)); // 31 May is a Sunday
  }

  @ParameterizedTest
  @CsvSource({"1,2 to 60", "61,2 to 60", "60,too little of it"})
  void whatCannotBeSplitIsRefused(int count, String words) {
    assertThatThrownBy(() -> even(Money.of("0.30", "EUR"), count, MONDAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aProposalThatDoesNotAddUpIsToldByHowMuch() {
    Money total = Money.of("100.00", "EUR");
    refused(total, "0.01 EUR too little", of(1, 2, "50.00"), of(2, 9, "49.99"));
    refused(total, "20.00 EUR too much", of(1, 2, "60.00"), of(2, 9, "60.00"));
    refused(total, "instalment 2 is due on 2026-03-04", of(1, 9, "50.00"), of(2, 2, "50.00"));
    refused(total, "instalment 1 is due on 2026-03-01", of(1, -1, "50.00"), of(2, 2, "50.00"));
    refused(total, "instalment 2 is -1.00 EUR", of(1, 2, "101.00"), of(2, 9, "-1.00"));
    refused(total, "within 3 years", of(1, 2, "50.00"), of(2, 1200, "50.00"));
    refused(total, "a plan has 1 to 60");
    assertThatThrownBy(() -> InstalmentSchedule.Rhythm.of("daily"))
        .hasMessageContaining("weekly, fortnightly or monthly");
  }

  /** What was credited is asked for by no instalment, and pays none either. */
  @Test
  void aCreditIsNoMoneyAndMakesInstalmentsNeedless() {
    PlanProgress progress =
        new PlanProgress(
            List.of(of(1, 0, "100.00"), of(2, 7, "100.00"), of(3, 14, "100.00")),
            Money.of("100.00", "EUR"),
            Money.of("30.00", "EUR"));
    assertThat(progress.isPaid(1, 0)).isTrue();
    assertThat(progress.isPaid(2, 0)).isFalse();
    assertThat(progress.missing(3).plain()).as("all that is left").isEqualTo("30.00");
  }

  /** What came in pays the instalments in their order. */
  @Test
  void progressIsCountedFromTheFirstInstalmentOn() {
    PlanProgress progress =
        new PlanProgress(
            List.of(of(1, 0, "100.00"), of(2, 7, "100.00"), of(3, 14, "100.00")),
            Money.of("149.50", "EUR"),
            Money.of("150.50", "EUR"));
    assertThat(progress.isPaid(1, 0)).isTrue();
    assertThat(progress.isPaid(2, 0)).isFalse();
    assertThat(progress.isPaid(2, 50)).as("half of it may be missing, and 50.50 is").isFalse();
    assertThat(progress.isPaid(2, 51)).isTrue();
    assertThat(progress.instalments())
        .extracting(i -> progress.open(i).plain())
        .containsExactly("0.00", "50.50", "100.00");
    assertThat(progress.late(MONDAY.plusDays(7)).plain()).as("due that day").isEqualTo("0.00");
    assertThat(progress.late(MONDAY.plusDays(8)).plain()).isEqualTo("50.50");
  }

  private static void refused(Money total, String words, Instalment... proposed) {
    assertThatThrownBy(() -> InstalmentSchedule.checked(List.of(proposed), total, MONDAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static Instalment of(int number, int days, String amount) {
    return new Instalment(number, MONDAY.plusDays(days), Money.of(amount, "EUR"));
  }

  private static List<Instalment> even(Money total, int count, LocalDate first) {
    return InstalmentSchedule.even(total, count, first, InstalmentSchedule.Rhythm.MONTHLY, PARIS);
  }
}
