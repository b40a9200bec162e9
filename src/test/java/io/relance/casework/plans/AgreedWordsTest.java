package io.relance.casework.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.kernel.Money;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What payers say of when they will pay is read as it is said, or not at all. */
class AgreedWordsTest {

  /** A Thursday. */
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

  private static final Money TOTAL = Money.of("1000.01", "EUR");

  private static String read(String text) {
    return AgreedWords.read(text, TOTAL, TODAY).parts().stream()
        .map(part -> part.dueOn() + " " + part.amount().plain())
        .collect(Collectors.joining(" + "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          half on Friday, rest end of month            | 2026-11-27 500.00 + 2026-11-30 500.01
          la moitié vendredi, le solde fin de mois     | 2026-11-27 500.00 + 2026-11-30 500.01
          moitié vendredi et le reste fin janvier      | 2026-11-27 500.00 + 2027-01-31 500.01
          200 on the 15th then the rest on 15 January  | 2026-12-15 200.00 + 2027-01-15 800.01
          200 le 15 puis le solde le 15 janvier        | 2026-12-15 200.00 + 2027-01-15 800.01
          rest end of next month; 250,50 € tomorrow    | 2026-11-27 250.50 + 2026-12-31 749.51
          a third today, a third on 3 Dec and a third on 3 January | 2026-11-26 333.33 + 2026-12-03 333.33 + 2027-01-03 333.35
          two thirds on Friday, rest in two weeks      | 2026-11-27 666.67 + 2026-12-10 333.34
          30 % demain, 70 % dans 10 jours              | 2026-11-27 300.00 + 2026-12-06 700.01
          half in a week and half in a month           | 2026-12-03 500.00 + 2026-12-26 500.01
          Friday and end of month                      | 2026-11-27 500.00 + 2026-11-30 500.01
          400 on Monday, Tuesday                       | 2026-11-30 400.00 + 2026-12-01 600.01
          2026-11-27 500.00, 2026-11-30 500.01         | 2026-11-27 500.00 + 2026-11-30 500.01
          EUR 1 000 on 31/12 and rest on 1.2.2027      | 2026-12-31 1000.00 + 2027-02-01 0.01
          he pays everything next Friday               | 2026-12-04 1000.01
          il paiera tout mardi prochain                | 2026-12-01 1000.01
          all of it mid-January                        | 2027-01-15 1000.01
          le 1er février                               | 2027-02-01 1000.01
          on Dec 3                                     | 2026-12-03 1000.01
          Thursday                                     | 2026-12-03 1000.01
          vendredi 4/12                                | 2026-12-04 1000.01
          Friday, 4 December                           | 2026-12-04 1000.01
          half Friday 27, rest on Friday 4.12.         | 2026-11-27 500.00 + 2026-12-04 500.01
          vendredi le 4                                | 2026-12-04 1000.01
          20 EUR on Friday, rest the third Friday      | 2026-11-27 20.00 + 2026-12-18 980.01
          end of week                                  | 2026-11-27 1000.01
          le 31                                        | 2026-11-30 1000.01
          1/2 on Friday; 1/2 on 31/12                  | 2026-11-27 500.00 + 2026-12-31 500.01
          """)
  void whatIsSaid(String said, String meant) {
    assertThat(read(said)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          half on Friday, rest end of month | 1/2 part 2026-11-27, rest 2026-11-30
          200 le 15 puis le solde fin janvier | 200 2026-12-15, rest 2027-01-31
          Friday and Monday                 | 1/2 part 2026-11-27, rest 2026-11-30
          1/3 tomorrow, 2/3 end of month    | 1/3 part 2026-11-27, rest 2026-11-30
          200 on Friday                     | 200 2026-11-27
          20 EUR on Friday                  | 20 EUR 2026-11-27
          30 % on Friday, 70 % on Monday    | 30/100 part 2026-11-27, rest 2026-11-30
          """)
  void whatIsSaidTodayMeansTheSameTomorrow(String said, String dated) {
    assertThat(AgreedWords.dated(said, TODAY)).isEqualTo(dated);
    assertThat(AgreedWords.dated(dated, TODAY.plusDays(1))).isEqualTo(dated);
    assertThat(AgreedWords.read(dated, TOTAL, TODAY.plusDays(1)))
        .isEqualTo(AgreedWords.read(said, TOTAL, TODAY));
  }

  @Test
  void onePartMayLeaveTheOthersOpen() {
    AgreedWords.Agreement half = AgreedWords.read("half on Friday", TOTAL, TODAY);
    assertThat(half.parts()).hasSize(1);
    assertThat(half.left()).isEqualTo(Money.of("500.01", "EUR"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soon                                  | NO_DAY       | soon' names no day
          half soon, rest on Friday             | NO_DAY       | half soon' names no day
          about half on Friday                  | WORDS        | about' in
          1,250 on Friday                       | WORDS        | was not understood
          half on 31/2                          | NO_SUCH_DAY  | the calendar does not have
          rest on Friday, rest end of month     | TWO_RESTS    | two parts
          200 on Friday, 300 end of month       | LEFT_OVER    | 500.01 EUR
          200 on Friday, 200 on 27 November, rest on Monday | SAME_DAY | 2026-11-27
          800 on Friday, half on Monday         | TOO_MUCH     | 299.99 EUR
          2000 tomorrow                         | TOO_MUCH     | 999.99 EUR
          half Friday, half Monday, rest in a week | NOTHING_LEFT | nothing is left
          Friday 4/11                           | NO_SUCH_DAY  | the calendar does not have
          Friday 15.12                          | NO_SUCH_DAY  | the calendar does not have
          Friday at 10                          | DAY_OR_AMOUNT | may be a day or an amount
          demain 27                             | DAY_OR_AMOUNT | may be a day or an amount
          tomorrow 4/12                         | WORDS        | was not understood
          $200 tomorrow                         | CURRENCY     | another currency
          200 eur tomorrow, 300 usd on Monday   | CURRENCY     | another currency
          100 each Friday                       | WORDS        | each' in
          <script>alert(1)</script> Friday      | WORDS        | was not understood
          """)
  void whatIsNotUnderstoodIsNamed(String said, AgreedWords.Why why, String named) {
    assertThatThrownBy(() -> AgreedWords.read(said, TOTAL, TODAY))
        .isInstanceOfSatisfying(
            AgreedWords.NotUnderstood.class, e -> assertThat(e.why()).isEqualTo(why))
        .hasMessageContaining(named);
  }

  @Test
  void nothingIsNothing() {
    assertThatThrownBy(() -> AgreedWords.read("  ", TOTAL, TODAY))
        .isInstanceOf(AgreedWords.NotUnderstood.class);
  }
}
