package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.kernel.CreditorReference;
import io.relance.ledger.PaymentReferences;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payment finds what it is for by the reference that the message asked for. */
class CashStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void theReferenceOfTheMessageSettlesTheOldestFirst() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "100.00", "EUR", 5),
                item(2, "80.00", "EUR", 9),
                new PayerFixture.Item(3, "70.00", "EUR", 20, "yes", ""));
    CreditorReference reference = referenceInMailOf(payer);
    assertThat(reference.body()).startsWith("P");
    pays(payer, "120.00", reference.printed());
    assertThat(open(payer)).containsExactly("60.00", "0.00", "70.00");
    pays(payer, "60.00", "merci, " + reference.value()); // just what one of them comes to
    assertThat(open(payer)).containsExactly("0.00", "0.00", "70.00");
    pays(payer, "30.00", reference.printed() + " SOLDE");
    assertThat(open(payer))
        .as("what is disputed comes last")
        .containsExactly("0.00", "0.00", "40.00");
  }

  @Test
  void theReferenceOfOneInvoiceSettlesIt() {
    PayerFixture payer = aPayer(server).owes(1, "100.00", "EUR", 5);
    CreditorReference reference = referenceInMailOf(payer);
    assertThat(reference.body()).startsWith("I");
    payer.owes(2, "100.00", "EUR", 90);
    String slip = reference.value().substring(0, reference.value().length() - 1) + "X";
    pays(payer, "100.00", slip);
    assertThat(open(payer)).as("a slip of the pen").containsExactly("100.00", "100.00");
    pays(payer, "100.00", reference.printed());
    assertThat(payer.file(1).path("openAmount").asString()).isEqualTo("0.00");
    assertThat(payer.file(2).path("openAmount").asString()).isEqualTo("100.00");
  }

  /** What the payer names is paid, whatever else the message asked for. */
  @Test
  void theInvoicesThatAPayerNamesComeBeforeTheOldest() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "300.00", "EUR", 9),
                item(2, "200.00", "EUR", 7),
                item(3, "100.00", "EUR", 5));
    CreditorReference reference = referenceInMailOf(payer);
    pays(
        payer,
        "250.00",
        reference.printed() + " " + payer.invoice(2) + ", acompte " + payer.invoice(3));
    assertThat(open(payer)).containsExactly("300.00", "0.00", "50.00");
    payer.isGivenUp(1);
    payer.owes(4, "80.00", "EUR", 1);
    pays(payer, "60.00", reference.value());
    assertThat(open(payer))
        .as("what was given up comes last")
        .containsExactly("300.00", "0.00", "0.00", "70.00");
  }

  private static CreditorReference referenceInMailOf(PayerFixture payer) {
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    List<CreditorReference> references = PaymentReferences.in(textOf(payer.mails().getFirst()));
    assertThat(references).hasSize(1);
    return references.getFirst();
  }

  private List<String> open(PayerFixture payer) {
    return server
        .database()
        .queryForList(
            "SELECT i.open_amount FROM invoice i JOIN payer p ON p.id = i.payer_id WHERE p.number = ? ORDER BY i.number",
            java.math.BigDecimal.class,
            payer.number())
        .stream()
        .map(amount -> amount.setScale(2).toPlainString())
        .toList();
  }

  private void pays(PayerFixture payer, String amount, String remittance) {
    server
        .importBank(
            "date,amount,currency,reference,remittance\n%s,%s,EUR,%s,\"%s\"\n"
                .formatted(payer.today(), amount, java.util.UUID.randomUUID(), remittance))
        .expect(200);
  }
}
