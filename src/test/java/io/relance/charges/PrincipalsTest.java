package io.relance.charges;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was owed on each day, from the invoice and what was set against it. */
class PrincipalsTest {

  private static final LocalDate DUE = LocalDate.of(2026, 1, 31);

  @Test
  void paymentsAreTakenOffFromTheDayAfterAndCreditsFromTheBeginning() {
    Principal principal =
        Principals.of(
            invoice("1000", "500", null),
            List.of(on(10, "payment", "300"), on(20, "credit-note", "200")));
    assertThat(days(principal, 1, 10, 11, 30)).containsExactly("800", "800", "500", "500");
  }

  @Test
  void whatHasNoDayIsTakenOffFromTheBeginning() {
    assertThat(days(Principals.of(invoice("1000", "400", null), List.of()), 1, 30))
        .containsExactly("400", "400");
  }

  @Test
  void anAmountThatWasCorrectedWasNeverOwed() {
    // 10,000 became 8,000, of which 1,000 were paid
    Principal lower =
        Principals.of(
            invoice("8000", "7000", null),
            List.of(on(5, "payment", "1000"), on(9, "ledger", "2000")));
    assertThat(days(lower, 1, 6, 30)).containsExactly("8000", "7000", "7000");
    // 10,000 became 12,000: the more is owed from that day
    Principal higher =
        Principals.of(invoice("12000", "12000", null), List.of(on(9, "ledger", "-2000")));
    assertThat(days(higher, 1, 9, 10)).containsExactly("10000", "10000", "12000");
  }

  @Test
  void whatIsDisputedBearsNothing() {
    assertThat(days(Principals.of(invoice("1000", "1000", "250"), List.of()), 1))
        .containsExactly("750");
  }

  @Test
  void whatCameBackIsOwedAgain() {
    Principal principal =
        Principals.of(
            invoice("1000", "1000", null),
            List.of(on(0, "payment", "1000"), on(14, "ledger", "-1000")));
    assertThat(days(principal, 1, 14, 15)).containsExactly("0", "0", "1000");
    assertThat(principal.isOwedBetween(DUE.plusDays(1), DUE.plusDays(14))).isFalse();
    assertThat(principal.isOwedBetween(DUE.plusDays(1), DUE.plusDays(15))).isTrue();
  }

  private static List<String> days(Principal principal, int... days) {
    return java.util.Arrays.stream(days)
        .mapToObj(
            day -> principal.on(DUE.plusDays(day)).amount().stripTrailingZeros().toPlainString())
        .toList();
  }

  private static ChargeStore.Allocated on(int day, String kind, String amount) {
    return new ChargeStore.Allocated(kind, Money.of(amount, "EUR"), DUE.plusDays(day));
  }

  private static Invoice invoice(String amount, String open, @Nullable String disputed) {
    return new Invoice(
        1,
        1,
        1,
        "F-1",
        DUE.minusDays(30),
        DUE,
        new BigDecimal(amount),
        new BigDecimal(open),
        new BigDecimal(open),
        "EUR",
        false,
        false,
        disputed == null ? null : new BigDecimal(disputed),
        null,
        null);
  }
}
