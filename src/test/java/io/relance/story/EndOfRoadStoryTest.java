package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of the road: who may give money up, and what that ends. */
class EndOfRoadStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String WRITE_OFF =
      "{\"reviewOutcome\":\"written-off\",\"reviewNote\":\"not worth it\"}";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void anAgentWritesOffLittleAndAManagerTheRest() {
    PayerFixture small = aPayer(server).owes(1, "30.00", "EUR", 45);
    small.awaitTask("Task_ReviewCase");
    small.completes(WRITE_OFF);
    await().atMost(SOON).until(() -> status(small, 1).equals("written-off"));

    PayerFixture large = aPayer(server).owes(1, "900.00", "EUR", 45);
    large.awaitTask("Task_ReviewCase");
    large.completes(WRITE_OFF);
    large.awaitTask("Task_ApproveWriteOff");
    assertThat(status(large, 1)).isEqualTo("overdue");
    large.managerCompletes(
        "{\"writeOffOutcome\":\"keep\",\"keepUntil\":\"%s\",\"writeOffNote\":\"ask again\"}"
            .formatted(large.today().plusDays(3)));
    await().atMost(SOON).until(() -> large.timeline(1).contains("ask again"));
    server.advance("P4D");
    large.awaitTask("Task_ReviewCase");
    large.completes(WRITE_OFF);
    large.awaitTask("Task_ApproveWriteOff");
    large.managerCompletes(
        "{\"writeOffOutcome\":\"written-off\",\"writeOffNote\":\"they are gone\"}");
    await().atMost(SOON).until(() -> status(large, 1).equals("written-off"));
    assertThat(large.timeline(1)).contains("\"actor\":\"manager\"", "they are gone");
  }

  /** A plan, a promise and a dispute of it end, and what is left is not asked for. */
  @Test
  void whatIsGivenUpIsNeitherPaidInInstalmentsNorArguedAbout() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "100.00", "EUR", 1),
                item(2, "200.00", "EUR", 1),
                item(3, "300.00", "EUR", 1));
    server
        .post(
            "/api/v1/customers/" + payer.number() + "/plans",
            "{\"invoices\":[\"%s\"],\"count\":2,\"rhythm\":\"weekly\",\"firstOn\":\"%s\"}"
                .formatted(payer.invoice(1), payer.today().plusDays(2)),
            "agent")
        .expect(201);
    payer.promises(2, 5);
    payer.disputes(3, null);
    payer.awaitTask("Task_SettleDispute");
    await().atMost(SOON).until(() -> payer.states("payment_plan").contains("running"));
    for (int n = 1; n <= 3; n++) {
      payer.isGivenUp(n);
    }
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    payer.awaitEnds("payment-plan", "EndEvent_PlanEnded");
    assertThat(payer.states("payment_plan")).containsExactly("withdrawn");
    assertThat(payer.states("payment_promise")).containsExactly("replaced");
    assertThat(payer.states("dispute")).containsExactly("withdrawn");
  }

  /** A credit note is for what is asked for, however old what was given up is. */
  @Test
  void whatIsGivenUpSwallowsNoCreditNote() {
    PayerFixture payer = aPayer(server).owes(1, "500.00", "EUR", 60);
    await().atMost(SOON).until(() -> payer.processes(1) == 1);
    payer.isGivenUp(1);
    payer.owes(item(2, "300.00", "EUR", 1), item(3, "-200.00", "EUR", 1));
    assertThat(payer.file(1).path("openAmount").asString()).isEqualTo("500.00");
    assertThat(payer.file(2).path("openAmount").asString()).isEqualTo("100.00");
  }

  /** Asked kindly means that somebody heard it. */
  @Test
  void callsThatReachNobodyAreNoAttempt() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 18);
    payer.awaitTask("Task_CallPayer");
    payer.completes("{\"callOutcome\":\"wrong-number\"}");
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    server
        .post(
            "/api/v1/invoices/" + payer.invoice(1) + "/handover",
            "{\"note\":\"no answer\"}",
            "agent")
        .expect(204);
    await()
        .atMost(SOON)
        .until(
            () ->
                server
                    .get("/api/v1/invoices/" + payer.invoice(1) + "/handover")
                    .json()
                    .path("state")
                    .asString()
                    .equals("too-early"));
  }

  /** A part that is disputed keeps the whole claim here. */
  @Test
  void whatIsDisputedInPartIsNotHandedOver() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 2);
    payer.disputes(1, "300");
    assertThat(
            server
                .post("/api/v1/invoices/" + payer.invoice(1) + "/handover", "{\"note\":\"x\"}")
                .expect(400)
                .body())
        .contains("a part of it is disputed");
  }

  private static String status(PayerFixture payer, int n) {
    return payer.file(n).path("status").asString();
  }
}
