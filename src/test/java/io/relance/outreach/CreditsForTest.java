package io.relance.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.kernel.Money;
import io.relance.ledger.ACreditor;
import io.relance.ledger.AnInvoice;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where each invoice is claimed by itself, no credit is deducted twice, and none is forgotten. */
class CreditsForTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private final Invoice oldest = invoice(1, 60, "100.00", "EUR");
  private final Invoice middle = invoice(2, 40, "80.00", "EUR");
  private final Invoice newest = invoice(3, 20, "50.00", "EUR");

  @Test
  void theOldestTakesFirst() {
    var known = facts(Map.of(), credit("AV-1", "70.00"), credit("AV-2", "50.00"));
    assertThat(known.creditsFor(oldest))
        .containsExactly(credit("AV-1", "70.00"), credit("AV-2", "30.00"));
    assertThat(known.creditsFor(middle)).containsExactly(credit("AV-2", "20.00"));
    assertThat(known.creditsFor(newest)).isEmpty();
  }

  @Test
  void nothingTakesMoreThanItIs() {
    var known = facts(Map.of(), credit("AV-1", "500.00"));
    assertThat(known.creditsFor(oldest)).containsExactly(credit("AV-1", "100.00"));
    assertThat(known.creditsFor(newest)).containsExactly(credit("AV-1", "50.00"));
  }

  @Test
  void whatIsNotClaimedTakesNothingAndWhatIsHandedOverDoes() {
    var known = facts(Map.of(oldest, "disputed", middle, "handover"), credit("", "90.00"));
    assertThat(known.creditsFor(middle)).containsExactly(credit("", "80.00"));
    assertThat(known.creditsFor(newest)).containsExactly(credit("", "10.00"));
  }

  @Test
  void anotherCurrencyIsAnotherMatter() {
    Credit pounds = new Credit("AV-1", TODAY, Money.of("70.00", "GBP"));
    assertThat(facts(Map.of(), pounds).creditsFor(oldest)).isEmpty();
  }

  private NoticeFacts.Facts facts(Map<Invoice, String> blocked, Credit... credits) {
    Map<Invoice, ContactBlocks.Block> blocks = new LinkedHashMap<>();
    blocked.forEach((i, kind) -> blocks.put(i, new ContactBlocks.Block(kind, kind, null)));
    List<Invoice> remindable =
        List.of(oldest, middle, newest).stream().filter(i -> !blocked.containsKey(i)).toList();
    return new NoticeFacts.Facts(
        ACreditor.in("FR", "either"),
        new Payer(
            1,
            1,
            "P",
            "Payer",
            "FR",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH),
        TODAY,
        remindable,
        List.of(),
        blocks,
        List.of(credits));
  }

  private static Credit credit(String number, String amount) {
    return new Credit(number, TODAY, Money.of(amount, "EUR"));
  }

  private static Invoice invoice(long id, int daysLate, String amount, String currency) {
    return AnInvoice.open(id, TODAY.minusDays(daysLate), amount, currency);
  }
}
