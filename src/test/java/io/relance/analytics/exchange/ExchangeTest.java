package io.relance.analytics.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.kernel.Money;
import io.relance.ledger.csv.FileRefused;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversions as one computes them on paper, and files of rates as they come. */
@DisplayName("Exchange rates")
class ExchangeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @Nested
  class Converting {

    @Test
    void dividesByWhatOneUnitOfTheGroupsCurrencyIsWorth() {
      Conversion dollars = conversion("USD", "EUR", "1", "1.0850");
      assertThat(dollars.of(Money.of("100.00", "USD"))).as("92.1658…").isEqualTo(eur("92.17"));
      assertThat(dollars.of(Money.of("-100.00", "USD"))).isEqualTo(eur("-92.17"));
      assertThat(dollars.of(Money.of("0.00", "USD"))).isEqualTo(eur("0.00"));
      assertThat(conversion("JPY", "EUR", "1", "161.37").of(Money.of("10000", "JPY")))
          .as("61.9693…")
          .isEqualTo(eur("61.97"));
    }

    @Test
    void roundsOnceHalfUpToTheDecimalsOfTheCurrencyThatItBecomes() {
      assertThat(conversion("USD", "EUR", "1", "2").of(Money.of("0.01", "USD")))
          .as("0.005")
          .isEqualTo(eur("0.01"));
      assertThat(conversion("EUR", "JPY", "161.375", "1").of(eur("10.00")))
          .as("1613.75")
          .isEqualTo(Money.of("1614", "JPY"));
      // by the euro: 100 x 0.8345 / 1.0850 = 76.9124…, not 100 / 1.0850 rounded and then x 0.8345
      assertThat(conversion("USD", "GBP", "0.8345", "1.0850").of(Money.of("100.00", "USD")))
          .isEqualTo(Money.of("76.91", "GBP"));
    }

    @Test
    void refusesAnAmountOfAnotherCurrency() {
      assertThatThrownBy(() -> conversion("USD", "EUR", "1", "1.1").of(Money.of("1.00", "GBP")))
          .isInstanceOf(IllegalArgumentException.class);
    }

    private static Conversion conversion(String from, String to, String times, String over) {
      return new Conversion(
          Currency.getInstance(from),
          Currency.getInstance(to),
          new BigDecimal(times),
          new BigDecimal(over),
          List.of());
    }

    private static Money eur(String amount) {
      return Money.of(amount, "EUR");
    }
  }

  @Nested
  class Quotations {

    @ParameterizedTest
    @CsvSource({"0", "-1", "0.00000000001", "123456789012345"})
    void haveAReasonableSize(String units) {
      assertThatThrownBy(() -> new Quote("EUR", "USD", TODAY, new BigDecimal(units), "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("rate is");
    }

    @Test
    void areSaidAsOneReadsThem() {
      assertThat(new Quote("EUR", "IDR", TODAY, new BigDecimal("17000.0"), "x").words())
          .isEqualTo("1 EUR = 17000 IDR");
    }
  }

  @Nested
  class Files {

    @Test
    void areReadInTheLayoutOfTheCentralBank() throws IOException {
      RateFile.Content content =
          read(
              """
              Date,USD,JPY,CYP,
              2026-03-02,1.0850,161.37,N/A,
              2026-02-27,1.08,160,0.5853,
              """);
      assertThat(content.problems()).isEmpty();
      assertThat(content.quotes())
          .extracting(quote -> quote.day() + " " + quote.words())
          .containsExactly(
              "2026-03-02 1 EUR = 1.085 USD",
              "2026-03-02 1 EUR = 161.37 JPY",
              "2026-02-27 1 EUR = 1.08 USD",
              "2026-02-27 1 EUR = 160 JPY",
              "2026-02-27 1 EUR = 0.5853 CYP");
    }

    @Test
    void ofASingleDayWriteItInWords() throws IOException {
      RateFile.Content content = read("Date, USD, JPY, \n27 February 2026, 1.08, 160.02, \n");
      assertThat(content.problems()).isEmpty();
      assertThat(content.quotes())
          .extracting(Quote::day)
          .containsOnly(LocalDate.of(2026, 2, 27))
          .hasSize(2);
    }

    @Test
    void tellTheLineOfWhatIsWrongAndTakeNothingOfIt() throws IOException {
      RateFile.Content content =
          read(
              """
              Date,USD,GBP
              2026-02-30,1.1,0.8
              2026-02-27,"1,1",0.8
              2026-02-26,1.1,0
              2026-02-25,1.1,
              2026-03-03,1.1,0.8
              2026-02-24,1.1,0.8,9
              2026-02-23,1.1,0.8
              """);
      assertThat(content.quotes()).extracting(Quote::day).containsOnly(LocalDate.of(2026, 2, 23));
      assertThat(content.problems())
          .extracting(problem -> problem.line() + " " + problem.message())
          .satisfiesExactly(
              p -> assertThat(p).startsWith("2 the date is '2026-02-30': write it like"),
              p -> assertThat(p).startsWith("3 USD is '1,1': write a number above 0 with a point"),
              p -> assertThat(p).startsWith("4 GBP is '0'"),
              p -> assertThat(p).startsWith("5 GBP is empty: write N/A"),
              p -> assertThat(p).startsWith("6 the date is 2026-03-03, after today"),
              p -> assertThat(p).startsWith("7 it has 4 fields, the header has 3"));
    }

    @Test
    void areRefusedAsAWholeWhereTheyAreOthers() {
      refuses("", "the file is empty");
      refuses("Currency,Rate\nUSD,1.1\n", "it must be Date, followed by");
      refuses("Date,USD,EURO\n", "'EURO' is not an ISO 4217 currency code; correct the heading");
      refuses("Date,USD,USD\n", "the column USD is there twice");
      refuses("Date,EUR\n", "the column EUR is the base itself");
      refuses("Date,USD\n2026-02-27,\"1.1\n", "its quotation marks are not in order");
    }

    private static void refuses(String text, String why) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(FileRefused.class)
          .hasMessageContaining(why);
    }

    private static RateFile.Content read(String text) throws IOException {
      return RateFile.read(new StringReader(text), "a test", TODAY);
    }
  }
}
