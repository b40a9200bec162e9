package io.relance.charges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Late-payment interest, with the vectors of the laws and of who publishes calculators. */
class LateInterestTest {

  private static final LocalDate DUE = LocalDate.of(2025, 5, 31);
  private static final LocalDate PAID = LocalDate.of(2025, 9, 15);
  private static final InterestRule FRENCH = statute(Regime.FRANCE, null, false);
  private static final InterestRule BRITISH = statute(Regime.UNITED_KINGDOM, null, false);

  private final ReferenceRates rates =
      new ReferenceRates()
          .with(RateSeries.ECB_REFINANCING, day("2024-01-01"), percent("4.50"))
          .with(RateSeries.ECB_REFINANCING, day("2024-07-01"), percent("4.25"))
          .with(RateSeries.ECB_REFINANCING, day("2025-01-01"), percent("3.15"))
          .with(RateSeries.ECB_REFINANCING, day("2025-07-01"), percent("2.15"))
          .with(RateSeries.ECB_REFINANCING, day("2026-01-01"), percent("2.15"))
          .with(RateSeries.BANK_RATE, day("2025-01-01"), percent("4.75"))
          .with(RateSeries.BANK_RATE, day("2025-07-01"), percent("4.25"))
          .with(RateSeries.FRENCH_LEGAL, day("2024-01-01"), percent("5.07"))
          .with(RateSeries.FRENCH_LEGAL, day("2024-07-01"), percent("4.92"))
          .with(RateSeries.FRENCH_LEGAL, day("2025-01-01"), percent("3.71"))
          .with(RateSeries.FRENCH_LEGAL, day("2025-07-01"), percent("2.76"));

  @Test
  void frenchInterestTakesTheRateOfEachHalfYear() {
    LateInterest interest = of(euro("10000.00"), FRENCH, PAID);
    assertThat(interest.total()).isEqualTo(euro("364.40"));
    assertThat(interest.periods())
        .extracting(LateInterest.Period::days, p -> p.percent().toPlainString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(30, "13.15"),
            org.assertj.core.groups.Tuple.tuple(77, "12.15"));
    assertThat(interest.provisional()).isFalse();
  }

  @Test
  void britishInterestKeepsItsFirstRateUnlessTheSettingSaysOtherwise() {
    Money pounds = Money.of("10000.00", "GBP");
    assertThat(of(pounds, BRITISH, PAID).total()).isEqualTo(Money.of("373.77", "GBP"));
    assertThat(of(pounds, BRITISH, PAID).periods()).hasSize(1);
    InterestRule halfYearly =
        Statutes.interest(new ChargeTerms(Regime.UNITED_KINGDOM, null, null, false), false);
    // 30 days at 12.75, 77 at 12.25
    assertThat(of(pounds, halfYearly, PAID).total()).isEqualTo(Money.of("363.22", "GBP"));
  }

  @Test
  void otherCountriesOfTheUnionAddEightPointsAndPublicBuyersKeepTheFirstRate() {
    // 30 days at 11.15, 77 at 10.15
    assertThat(of(euro("10000.00"), statute(Regime.EUROPEAN_UNION, null, false), PAID).total())
        .isEqualTo(euro("305.77"));
    // 107 days at 11.15
    assertThat(of(euro("10000.00"), statute(Regime.FRANCE, null, true), PAID).total())
        .isEqualTo(euro("326.86"));
  }

  @Test
  void anAgreedRateIsNeverUnderThreeTimesTheFrenchLegalOne() {
    LateInterest low = of(euro("1000.00"), statute(Regime.FRANCE, "5", false), PAID);
    assertThat(low.periods())
        .extracting(p -> p.percent().stripTrailingZeros().toPlainString())
        .containsExactly("11.13", "8.28");
    assertThat(low.periods().getFirst().because()).contains("5 %", "three times the legal rate");
    LateInterest high = of(euro("1000.00"), statute(Regime.FRANCE, "15", false), PAID);
    assertThat(high.periods()).hasSize(1);
    assertThat(high.total()).isEqualTo(euro("43.97"));
    assertThat(of(euro("1000.00"), statute(Regime.CONTRACT, "5", false), PAID).total())
        .isEqualTo(euro("14.66"));
  }

  @Test
  void aPaymentCountsOnItsDayAndIsTakenOffFromTheNext() {
    Principal principal = Principal.of(euro("10000.00")).paid(day("2025-06-30"), euro("4000.00"));
    LateInterest interest = LateInterest.of(principal, DUE, PAID, FRENCH, rates);
    assertThat(interest.periods())
        .extracting(p -> p.principal().plain(), LateInterest.Period::days)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("10000.00", 30),
            org.assertj.core.groups.Tuple.tuple("6000.00", 77));
    // 108.0822 + 153.7890
    assertThat(interest.total()).isEqualTo(euro("261.87"));
  }

  @Test
  void aPaymentThatComesBackCountsAgain() {
    Principal principal =
        Principal.of(euro("100.00"))
            .paid(day("2025-06-10"), euro("100.00"))
            .paid(day("2025-06-20"), euro("-100.00"));
    LateInterest interest = LateInterest.of(principal, DUE, day("2025-06-30"), FRENCH, rates);
    assertThat(interest.periods())
        .extracting(LateInterest.Period::from, LateInterest.Period::to)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(day("2025-06-01"), day("2025-06-10")),
            org.assertj.core.groups.Tuple.tuple(day("2025-06-21"), day("2025-06-30")));
  }

  @Test
  void leapDaysCountAndTheYearHas365() {
    LocalDate due = day("2024-01-31");
    LateInterest interest =
        LateInterest.of(Principal.of(euro("36500.00")), due, day("2024-02-29"), FRENCH, rates);
    // 29 days of 36,500 at 14.5 %: 14.50 a day
    assertThat(interest.total()).isEqualTo(euro("420.50"));
  }

  @Test
  void nothingIsOwedOnTheDueDayAndOneDayOnTheNext() {
    assertThat(of(euro("36500.00"), FRENCH, DUE).total()).isEqualTo(euro("0.00"));
    assertThat(of(euro("36500.00"), FRENCH, DUE.plusDays(1)).total()).isEqualTo(euro("13.15"));
  }

  @Test
  void aRateThatNobodyEnteredIsTheLastOneAndSaidToBe() {
    LateInterest interest =
        LateInterest.of(
            Principal.of(euro("1000.00")), day("2026-06-15"), day("2026-07-15"), FRENCH, rates);
    assertThat(interest.provisional()).isTrue();
    assertThat(of(euro("1000.00"), FRENCH, PAID).provisional()).isFalse();
    assertThat(interest.certain().periods())
        .extracting(LateInterest.Period::to)
        .containsExactly(day("2026-06-30"));
    LateInterest early =
        LateInterest.of(
            Principal.of(euro("36500.00")), day("2023-12-29"), day("2024-01-01"), FRENCH, rates);
    assertThat(early.total()).as("only of the day that has a rate").isEqualTo(euro("14.50"));
    assertThat(early.missing()).contains("2023-07-01", "enter it under Rates");
  }

  @Test
  void indemnitiesFollowTheLawAndTheContract() {
    ChargeTerms french = new ChargeTerms(Regime.FRANCE, null, null, true);
    assertThat(Statutes.indemnity(french, euro("12.00"))).isEqualTo(euro("40.00"));
    ChargeTerms british = new ChargeTerms(Regime.UNITED_KINGDOM, null, null, true);
    assertThat(Statutes.indemnity(british, pounds("999.99"))).isEqualTo(pounds("40.00"));
    assertThat(Statutes.indemnity(british, pounds("1000.00"))).isEqualTo(pounds("70.00"));
    assertThat(Statutes.indemnity(british, pounds("9999.99"))).isEqualTo(pounds("70.00"));
    assertThat(Statutes.indemnity(british, pounds("10000.00"))).isEqualTo(pounds("100.00"));
    ChargeTerms agreed = new ChargeTerms(Regime.FRANCE, null, euro("75.00"), true);
    assertThat(Statutes.indemnity(agreed, euro("12.00"))).isEqualTo(euro("75.00"));
    assertThatThrownBy(() -> new ChargeTerms(Regime.CONTRACT, null, null, true))
        .hasMessageContaining("contractPercent");
    assertThatThrownBy(() -> new ChargeTerms(Regime.FRANCE, percent("101"), null, true))
        .hasMessageContaining("between 0 and 100");
  }

  /** However the payments lie, each day's interest is that of what was open on it. */
  @Test
  void theSumIsThatOfItsDays() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Principal principal = Principal.of(euro((1_000 + random.nextInt(9_000)) + ".00"));
      for (int n = random.nextInt(4); n > 0; n--) {
        principal =
            principal.paid(DUE.plusDays(random.nextInt(150)), euro(random.nextInt(300) + ".37"));
      }
      LocalDate until = DUE.plusDays(1 + random.nextInt(200));
      BigDecimal days = BigDecimal.ZERO;
      for (LocalDate day = DUE.plusDays(1); !day.isAfter(until); day = day.plusDays(1)) {
        BigDecimal rate = FRENCH.on(day, DUE.plusDays(1), rates).percent();
        days = days.add(principal.on(day).amount().multiply(rate));
      }
      BigDecimal expected =
          days.divide(BigDecimal.valueOf(36_500), java.math.MathContext.DECIMAL64);
      assertThat(LateInterest.of(principal, DUE, until, FRENCH, rates).total())
          .isEqualTo(Money.rounded(expected, Money.currencyOf("EUR")));
    }
  }

  private LateInterest of(Money amount, InterestRule rule, LocalDate until) {
    return LateInterest.of(Principal.of(amount), DUE, until, rule, rates);
  }

  private static InterestRule statute(Regime regime, String agreed, boolean publicBuyer) {
    return Statutes.interest(
        new ChargeTerms(regime, agreed == null ? null : percent(agreed), null, true), publicBuyer);
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  private static BigDecimal percent(String text) {
    return new BigDecimal(text);
  }

  private static Money euro(String amount) {
    return Money.of(amount, "EUR");
  }

  private static Money pounds(String amount) {
    return Money.of(amount, "GBP");
  }
}
