package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static io.relance.support.PayerFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disputes: opened, settled, escalated, lost, and over a part only. */
class DisputeStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aDisputeThatIsJustifiedIsCreditedAndEndsTheCollection() {
    PayerFixture payer = aPayer(server).owes(1, "120.00", "EUR", 1);
    opens(payer, 1, "{\"reason\":\"price\",\"note\":\"<b>agreed 100</b>\"}");
    server
        .post(path(payer, 1), "{\"reason\":\"price\"}", "agent")
        .expect(400); // it has one already
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_SettleDispute");
    String form =
        server
            .get("/api/v1/tasks/" + payer.openTasks().get(0).path("key").asString() + "/form")
            .expect(200)
            .body();
    assertThat(form).contains("Wrong price", "agreed 100");
    payer.refuses("{\"disputeOutcome\":\"partly\",\"disputeDecisionNote\":\"x\"}");
    payer.completes("{\"disputeOutcome\":\"justified\",\"disputeDecisionNote\":\"agreed price\"}");
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("paid"));
    assertThat(payer.timeline(1)).contains("justified, 120.00 EUR credited");
    server.advance("P8D");
    assertThat(payer.mails()).isEmpty();
    payer.awaitEnds("dispute", "EndEvent_DisputeJustified");
  }

  @Test
  void aPartThatIsDisputedIsLeftOutAndTheRestGoesOn() {
    PayerFixture payer = aPayer(server).owes(1, "300.00", "EUR", 1);
    server.post(path(payer, 1), "{\"reason\":\"quantity\",\"amount\":-1}", "agent").expect(400);
    server.post(path(payer, 1), "{\"amount\":10}", "agent").expect(400);
    opens(payer, 1, "{\"reason\":\"quantity\",\"amount\":80.00}");
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    server.advance("P4D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(textOf(payer.mails().getFirst()))
        .contains("220.00", "80.00", "disagree")
        .doesNotContain("300.00");
    payer.completes(
        "{\"disputeOutcome\":\"partly\",\"creditAmount\":\"500\",\"disputeDecisionNote\":\"x\"}");
    await()
        .atMost(SOON)
        .until(
            () ->
                payer.openTasks().size() == 1
                    && payer.openTasks().get(0).path("assignee").isNull());
    assertThat(payer.file(1).path("openAmount").asString()).isEqualTo("300.00");
    payer.completes(
        "{\"disputeOutcome\":\"partly\",\"creditAmount\":\"30,00\",\"disputeDecisionNote\":\"three pieces\"}");
    await().atMost(SOON).until(() -> payer.file(1).path("openAmount").asString().equals("270.00"));
    payer.awaitEnds("dispute", "EndEvent_DisputePartly");
  }

  /**
   * Ten business days are given; then it is the managers', and collection goes on by their word.
   */
  @Test
  void aDisputeThatNobodySettlesGoesToTheManagersAndIsLost() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "90.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    payer.refuses("{\"callOutcome\":\"disputes\",\"nonpaymentReason\":\"other\"}");
    payer.completes(
        "{\"callOutcome\":\"disputes\",\"nonpaymentReason\":\"other\",\"disputeReason\":\"not-delivered\"}");
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("disputed"));
    server.advance("P14D");
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_SettleDispute");
    server.advance("P3D");
    assertThat(payer.openTasks().get(0).path("type").asString())
        .isEqualTo("Task_SettleEscalatedDispute");
    assertThat(payer.timeline(1)).contains("goes to the managers");
    String first = payer.openTasks().get(0).path("key").asString();
    payer.managerCompletes(
        "{\"disputeOutcome\":\"partly\",\"creditAmount\":\"90,01\",\"disputeDecisionNote\":\"x\"}");
    await()
        .atMost(SOON)
        .until(
            () ->
                payer.openTasks().size() == 1
                    && !payer.openTasks().get(0).path("key").asString().equals(first));
    payer.managerCompletes(
        "{\"disputeOutcome\":\"unfounded\",\"disputeDecisionNote\":\"signed for\"}");
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("overdue"));
    payer.awaitEnds("dispute", "EndEvent_DisputeUnfounded");
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    assertThat(payer.openTasks().get(0).path("type").asString())
        .as("the step that came meanwhile")
        .isEqualTo("Task_CallPayer");
  }

  @Test
  void aPaymentOrAWithdrawalEndsIt() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "50.00", "EUR", 1), item(2, "60.00", "EUR", 1));
    opens(payer, 1, "{\"reason\":\"other\"}");
    opens(payer, 2, "{\"reason\":\"other\"}");
    await().atMost(SOON).until(() -> payer.openTasks().size() == 2);
    payer.pays(1, "50.00", "EUR");
    server.delete(path(payer, 2), "agent").expect(204);
    server.delete(path(payer, 2), "agent").expect(404);
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    assertThat(payer.states("dispute")).containsExactly("settled", "withdrawn");
    assertThat(payer.file(2).path("status").asString()).isEqualTo("overdue");
    server.post(path(payer, 1), "{\"reason\":\"other\"}", "agent").expect(400);
  }

  /** What the ledger file calls disputed has an owner and a deadline too. */
  @Test
  void theLedgersDisputeIsSettledByAPersonAndTakenBackByTheLedger() {
    PayerFixture payer = aPayer(server);
    payer.row(1, "75.00", "EUR", 1, "yes", "");
    await().atMost(Duration.ofSeconds(90)).until(() -> payer.openTasks().size() == 1);
    payer.row(1, "75.00", "EUR", 1, "no", "");
    await().atMost(Duration.ofSeconds(90)).until(() -> payer.openTasks().isEmpty());
    assertThat(payer.states("dispute")).containsExactly("withdrawn");
  }

  /** The lists are the user's: what is added is offered, in the reader's language. */
  @Test
  void theListsOfReasonsAreTheUsers() {
    String list = "/api/v1/reasons/nonpayment";
    String entry = "{\"labelEn\":\"Waits for a subsidy\",\"labelFr\":\"Attend une subvention\"}";
    server.put(list + "/subsidy", entry, "agent").expect(403);
    server.put(list + "/subsidy", "{\"labelEn\":\"x\"}", "manager").expect(400);
    server.put(list + "/Not%20a%20code", entry, "manager").expect(400);
    server.put("/api/v1/reasons/moods/x", entry, "manager").expect(400);
    server.put(list + "/subsidy", entry, "manager").expect(204);
    assertThat(server.get(list).expect(200).body()).contains("subsidy", "not-received");
    server.put(list + "/subsidy", entry.replace("}", ",\"active\":false}"), "manager").expect(204);
    assertThat(server.get(list).expect(200).body()).doesNotContain("subsidy");
  }

  private void opens(PayerFixture payer, int n, String dispute) {
    server.post(path(payer, n), dispute, "agent").expect(204);
  }

  private static String path(PayerFixture payer, int n) {
    return "/api/v1/invoices/" + payer.invoice(n) + "/dispute";
  }
}
