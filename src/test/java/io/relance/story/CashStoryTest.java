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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

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

  /** What finds no invoice waits for a person, who says what it is. */
  @Test
  void aPersonSaysWhatAPaymentIs() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "100.00", "EUR", -20), item(2, "80.00", "EUR", -20));
    PayerFixture other = aPayer(server).owes(1, "500.00", "EUR", -20);
    String token = "unreadable-" + payer.number();
    pays(payer, "130.00", token);
    long payment = waiting(token).path("id").asLong();
    String at = "/api/v1/payments/" + payment;
    assertThat(waiting(token).path("left").asString()).isEqualTo("130.00");

    assertThat(post(at + "/match", "{\"invoices\":[]}", 400)).contains("name those");
    assertThat(post(at + "/match", "{\"invoices\":[\"NO-SUCH\"]}", 404)).contains("NO-SUCH");
    server.post(at + "/match", "{\"invoices\":[\"x\"]}", "designer").expect(403);
    server.post("/api/v1/payments/999999999/owner", owner(payer), "agent").expect(404);
    server.post(at + "/owner", owner(payer), "agent").expect(204);
    assertThat(
            server
                .get("/api/v1/payments/unmatched?customer=" + payer.number(), "agent")
                .json()
                .path("total")
                .asInt())
        .isEqualTo(1);
    String both =
        "{\"invoices\":[\"%s\",\"%s\",\"%s\"]}"
            .formatted(payer.invoice(2), payer.invoice(1), other.invoice(1));
    assertThat(post(at + "/match", both, 400)).contains("nothing is left");
    assertThat(open(payer)).as("refused as a whole").containsExactly("100.00", "80.00");
    post(at + "/match", "{\"invoices\":[\"" + payer.invoice(2) + "\"]}", 200);
    assertThat(open(payer)).containsExactly("100.00", "0.00");
    assertThat(post(at + "/match", "{\"invoices\":[\"" + payer.invoice(2) + "\"]}", 400))
        .contains("waits for no money");
    post(at + "/match", "{\"invoices\":[\"" + payer.invoice(1) + "\"]}", 200);
    assertThat(open(payer)).containsExactly("50.00", "0.00");
    assertThat(post(at + "/match", "{\"invoices\":[\"" + payer.invoice(1) + "\"]}", 400))
        .contains("it was matched");
    assertThat(payer.timeline(1)).contains("50.00 by hand", "to 50.00 EUR");
    assertThat(waiting(token).isMissingNode()).isTrue();
  }

  @Test
  void whatIsNotOursCountsForNobody() {
    PayerFixture payer = aPayer(server).owes(9, "10.00", "EUR", -30);
    payer.pays(9, "75.00", "EUR"); // what they owe, and 65 too much
    payer.owes(1, "60.00", "EUR", -2);
    server.advance("P7D");
    assertThat(payer.mails()).as("the money covers it").isEmpty();
    long payment =
        server
            .get("/api/v1/payments/unmatched?customer=" + payer.number(), "agent")
            .json()
            .at("/items/0/id")
            .asLong();
    String at = "/api/v1/payments/" + payment + "/set-aside";
    assertThat(post(at, "{\"reason\":\" \"}", 400)).contains("reason is missing");
    post(at, "{\"reason\":\"sent back\"}", 204);
    assertThat(post(at, "{\"reason\":\"sent back\"}", 400)).contains("it was set aside");
    server.advance("P1D");
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(textOf(payer.mails().getFirst())).contains("Total to pay: 60.00");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? AND t.text LIKE ?",
                payer.number(),
                "%set aside: sent back"))
        .isEqualTo(1);
  }

  private static String owner(PayerFixture payer) {
    return "{\"customer\":\"" + payer.number() + "\"}";
  }

  private String post(String path, String body, int status) {
    return server.post(path, body, "agent").expect(status).body();
  }

  private JsonNode waiting(String remittance) {
    return StreamSupport.stream(
            server
                .get("/api/v1/payments/unmatched?size=200", "agent")
                .json()
                .path("items")
                .spliterator(),
            false)
        .filter(p -> p.path("remittance").asString().equals(remittance))
        .findFirst()
        .orElse(MissingNode.getInstance());
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
