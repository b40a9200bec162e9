package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said on the phone is taken down as it was meant, or not at all. */
class CallStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aPaymentWhileACallWaitsForItsHourEndsIt() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "90.00", "EUR", 4);
    payer.awaitTask("Task_CallPayer");
    payer.completes("{\"callOutcome\":\"no-answer\"}");
    await().atMost(SOON).until(() -> waits(payer) == 1);
    payer.pays(1, "90.00", "EUR");
    payer.awaitEnds("payer-call", "EndEvent_CallDropped");
    server.advance("P1D");
    assertThat(payer.openTasks()).isEmpty();
  }

  /** What is dropped for a hold is said when the hold is over, and not passed over. */
  @Test
  void aCallThatAHoldTookAwayComesAgain() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 18);
    payer.awaitTask("Task_CallPayer");
    assertThat(payer.steps(1, "taken")).containsExactly("call");
    server
        .put(
            "/api/v1/invoices/" + payer.invoice(1) + "/hold",
            "{\"reason\":\"talks\",\"until\":\"%s\"}".formatted(payer.today().plusDays(1)),
            "agent")
        .expect(204);
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    assertThat(payer.steps(1, "again")).containsExactly("call");
    server.advance("P2D");
    payer.awaitTask("Task_CallPayer");
  }

  @Test
  void amountsThatCanBeReadInTwoWaysAreRefused() {
    PayerFixture payer = aPayer(server).owes(1, "9000.00", "EUR", 18);
    payer.awaitTask("Task_CallPayer");
    String promise =
        "{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\"%s\",\"promisedAmount\":\"%s\"}";
    String day = payer.today().plusDays(3).toString();
    for (String amount : new String[] {"1,250", "1.250", "1,234", "1.250,00", "-5", "all"}) {
      payer.refuses(promise.formatted(day, amount));
    }
    payer.completes(promise.formatted(day, "1250,00"));
    await().atMost(SOON).until(() -> payer.timeline(1).contains("Promised 1250.00 EUR"));
  }

  @Test
  void nobodyPromisesForNextYear() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 18);
    payer.awaitTask("Task_CallPayer");
    String promise =
        "{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\"%s\"}";
    payer.refuses(promise.formatted(payer.today().plusDays(46)));
    assertThat(
            server
                .post(
                    "/api/v1/invoices/" + payer.invoice(1) + "/promise",
                    "{\"promisedFor\":\"%s\"}".formatted(payer.today().plusDays(46)),
                    "agent")
                .expect(400)
                .body())
        .contains("what takes longer is a payment plan");
    payer.completes(promise.formatted(payer.today().plusDays(45)));
    await().atMost(SOON).until(() -> payer.states("payment_promise").contains("open"));
  }

  /** The payer speaks of an invoice that is promised: that one is disputed, and no other. */
  @Test
  void theInvoiceThatIsMeantIsDisputed() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "300.00", "EUR", 18), item(2, "400.00", "EUR", 18));
    payer.awaitTask("Task_CallPayer");
    payer.promises(1, 4);
    String dispute =
        "{\"callOutcome\":\"disputes\",\"nonpaymentReason\":\"disputed\",\"disputeReason\":\"price\"";
    payer.refuses(dispute + ",\"disputedAmount\":\"100\"}");
    payer.refuses(dispute + ",\"disputedInvoice\":\"nobody's\"}");
    String form =
        server
            .get("/api/v1/tasks/" + payer.openTasks().get(0).path("key").asString() + "/form")
            .body();
    assertThat(form).contains("- %s: 300.00\u00a0EUR, promised".formatted(payer.invoice(1)));
    payer.completes(dispute + ",\"disputedInvoice\":\"%s\"}".formatted(payer.invoice(1)));
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("disputed"));
    assertThat(payer.file(2).path("status").asString()).isEqualTo("overdue");
    assertThat(payer.states("payment_promise")).as("nobody waits for it").contains("replaced");
  }

  /** 600 of 1,000 is asked for, promised, and paid. */
  @Test
  void aPromiseOfAllThatIsAskedForIsKept() {
    PayerFixture payer = aPayer(server).owes(1, "1000.00", "EUR", 18);
    payer.awaitTask("Task_CallPayer");
    payer.disputes(1, "400");
    await().atMost(SOON).until(() -> payer.openTasks().size() == 2);
    payer.promises(1, 3);
    payer.pays(1, "600.00", "EUR");
    await().atMost(SOON).until(() -> payer.states("payment_promise").contains("kept"));
  }

  /** What a payer takes off within the creditor's terms is theirs. */
  @Test
  void whoPaysEarlyKeepsTheDiscount() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "100.00", "EUR", -25), item(2, "50.00", "EUR", -25));
    server.database().update("UPDATE creditor SET discount_percent = 2, discount_days = 10");
    try {
      payer.pays(1, "98.00", "EUR");
      assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
      payer.pays(2, "48.00", "EUR");
      assertThat(payer.file(2).path("openAmount").asString()).as("too little").isEqualTo("2.00");
    } finally {
      server.database().update("UPDATE creditor SET discount_percent = NULL, discount_days = NULL");
    }
  }

  private long waits(PayerFixture payer) {
    return server.count(
        "SELECT COUNT(*) FROM engine_timer t JOIN process_subject s ON s.process_instance_key = t.process_instance_key"
            + " JOIN payer p ON p.id = s.payer_id WHERE p.number = ? AND t.element_id = 'Timer_WaitForCallTime'",
        payer.number());
  }
}
