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
import tools.jackson.databind.JsonNode;

/** Payment plans: tried, agreed or refused, kept, late and broken. */
class PaymentPlanStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  /** The last instalment misses a coin, which the policy tolerates and collection asks for. */
  @Test
  void aPlanIsConfirmedKeptAndAsksForNothingElse() throws Exception {
    PayerFixture payer =
        aPayer(server).owes(item(1, "100.00", "EUR", 1), item(2, "200.01", "EUR", 1));
    String wanted =
        "{\"count\":2,\"rhythm\":\"weekly\",\"firstOn\":\"%s\"}"
            .formatted(payer.today().plusDays(2));
    JsonNode simulated = post(payer, "/simulation", wanted).expect(200).json();
    assertThat(simulated.path("total").asString()).isEqualTo("300.01");
    assertThat(simulated.path("instalments").findValuesAsString("amount"))
        .containsExactly("150.01", "150.00");
    assertThat(payer.states("payment_plan")).as("only tried").isEmpty();
    post(payer, "", wanted).expect(201);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(payer.mails().getFirst().getSubject())
        .isEqualTo("Your payment plan for invoices " + payer.invoice(1) + ", " + payer.invoice(2));
    assertThat(textOf(payer.mails().getFirst()))
        .contains("Thank you", "150.01", "150.00")
        .doesNotContain("late", "[(", "null");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("plan");
    assertThat(server.get("/api/v1/invoices?status=plan&customer=" + payer.number()).body())
        .contains(payer.invoice(1), payer.invoice(2));
    payer.pays(2, "150.01", "EUR"); // of which invoice it is does not matter
    server.advance("P8D");
    payer.pays(1, "100.00", "EUR");
    payer.pays(2, "49.50", "EUR");
    server.advance("P1D");
    assertThat(payer.mails()).as("what was agreed, and no reminder").hasSize(1);
    server.advance("P2D");
    payer.awaitEnds(
        "payment-plan", "EndEvent_InstalmentPaid", "EndEvent_InstalmentPaid", "EndEvent_PlanKept");
    assertThat(payer.states("payment_plan")).containsExactly("kept");
    assertThat(payer.file(2).path("status").asString()).isEqualTo("overdue");
    assertThat(payer.timeline(2)).contains("was kept");
    assertThat(payer.mails()).as("for the 0.50 that is open").hasSize(2);
    assertThat(textOf(payer.mails().getLast())).contains("0.50");
  }

  /** The first comes after its reminder, the second not at all. */
  @Test
  void aLateInstalmentIsRemindedOfOnceAndAMissedOneBreaksThePlan() throws Exception {
    PayerFixture payer = aPayer(server).owes(1, "200.00", "EUR", 1);
    post(
            payer,
            "",
            "{\"instalments\":[{\"dueOn\":\"%s\",\"amount\":80},{\"dueOn\":\"%s\",\"amount\":120.00}]}"
                .formatted(payer.today().plusDays(1), payer.today().plusDays(8)))
        .expect(201);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    server.advance("P2D"); // Wednesday: the first is late
    assertThat(payer.mails()).hasSize(2);
    assertThat(payer.mails().getLast().getSubject()).contains("80.00").contains("is late");
    assertThat(textOf(payer.mails().getLast()))
        .contains("within 3 working days", "late", "120.00")
        .doesNotContain("Thank you for finding");
    payer.pays(1, "80.00", "EUR");
    server.advance("P5D"); // Monday: the tolerance is over
    assertThat(payer.states("payment_plan")).containsExactly("running");
    server.advance("P2D"); // Wednesday: the second is late
    assertThat(payer.mails()).hasSize(3);
    server.advance("P5D"); // Monday: nothing came
    payer.awaitEnds("payment-plan", "EndEvent_InstalmentPaidLate", "EndEvent_PlanBroken");
    assertThat(payer.states("payment_plan")).containsExactly("broken");
    assertThat(payer.timeline(1)).contains("was broken: 120.00 EUR did not come in time");
    server.advance("P1D");
    assertThat(payer.steps(1, "taken")).as("the step that is due by now").hasSize(1);
    assertThat(payer.mails()).hasSize(4);
    assertThat(textOf(payer.mails().getLast())).contains("120.00", "remaining after part payment");
  }

  @Test
  void aLargeSumNeedsAManagerWhoMayRefuseAndAPaymentOfAllEndsThePlan() {
    PayerFixture payer = aPayer(server).owes(1, "6000.00", "EUR", 1);
    String wanted =
        "{\"count\":3,\"firstOn\":\"%s\",\"note\":\"<i>they sell a machine</i>\"}"
            .formatted(payer.today().plusDays(7));
    post(payer, "", wanted).expect(201);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_ApprovePlan");
    String key = payer.openTasks().get(0).path("key").asString();
    assertThat(server.get("/api/v1/tasks/" + key + "/form").expect(200).body())
        .contains("2,000.00", "6,000.00", "they sell a machine", payer.invoice(1));
    server.post("/api/v1/tasks/" + key + "/claim", "", "agent").expect(403);
    payer.managerCompletes(
        "{\"planApprovalOutcome\":\"refuse\",\"planApprovalNote\":\"too long\"}");
    payer.awaitEnds("payment-plan", "EndEvent_PlanRefused");
    assertThat(payer.timeline(1)).contains("was refused: too long");
    post(payer, "", wanted).expect(201);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    payer.managerCompletes(
        "{\"planApprovalOutcome\":\"approve\",\"planApprovalNote\":\"for once\"}");
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    payer.pays(1, "6000.00", "EUR");
    payer.awaitEnds("payment-plan", "EndEvent_PlanRefused", "EndEvent_PlanEnded");
    assertThat(payer.states("payment_plan")).containsExactly("refused", "kept");
  }

  @Test
  void whoBrokeTwoPlansWithinAYearGetsNoThirdOne() {
    PayerFixture payer = aPayer(server).owes(1, "90.00", "EUR", 1);
    for (int n = 0; n < 2; n++) {
      server
          .database()
          .update(
              "INSERT INTO payment_plan (payer_id, total, currency, state, proposed_by, actor, source, created_at, ended_on)"
                  + " SELECT id, 10, 'EUR', 'broken', 'agent', 'agent', CONCAT(number, '-', ?), NOW(), ? FROM payer WHERE number = ?",
              n,
              payer.today().minusDays(30),
              payer.number());
    }
    post(payer, "", even(payer)).expect(201);
    payer.awaitEnds("payment-plan", "EndEvent_PlanRefused");
    assertThat(payer.timeline(1)).contains("against the policy for plans");
    server.advance("P3D");
    assertThat(payer.mails()).as("collection went on").hasSize(1);
    assertThat(textOf(payer.mails().getFirst())).doesNotContain("plan");
  }

  /** On hold before an instalment is judged, and once more within its tolerance. */
  @Test
  void whatIsOnHoldIsNeitherPressedForNorBroken() throws Exception {
    PayerFixture payer = aPayer(server).owes(1, "200.00", "EUR", 1);
    post(
            payer,
            "",
            "{\"count\":2,\"rhythm\":\"monthly\",\"firstOn\":\"%s\"}"
                .formatted(payer.today().plusDays(1)))
        .expect(201);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    payer.onHold(4);
    server.advance("P4D"); // Friday
    assertThat(payer.mails()).as("no word that it is late").hasSize(1);
    server.advance("P4D"); // Tuesday: the hold is over
    assertThat(payer.mails()).hasSize(2);
    assertThat(payer.mails().getLast().getSubject()).contains("is late");
    payer.onHold(9);
    server.advance("P8D");
    assertThat(payer.states("payment_plan")).as("beyond the tolerance").containsExactly("running");
    server.advance("P2D"); // that hold is over as well: the tolerance begins again
    assertThat(payer.mails()).as("told once more before it counts").hasSize(3);
    assertThat(payer.states("payment_plan")).containsExactly("running");
    server.advance("P5D");
    payer.awaitEnds("payment-plan", "EndEvent_PlanBroken");
  }

  /** The payer asks for it on the phone. A word that comes again starts nothing. */
  @Test
  void aPlanIsMadeInACallAndTakenBack() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "460.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    payer.refuses("{\"callOutcome\":\"instalments\",\"nonpaymentReason\":\"other\"}");
    payer.refuses(
        "{\"callOutcome\":\"instalments\",\"nonpaymentReason\":\"other\",\"instalmentCount\":\"1\",\"instalmentsFrom\":\"%s\",\"instalmentRhythm\":\"weekly\"}"
            .formatted(payer.today().plusDays(2)));
    payer.completes(
        "{\"callOutcome\":\"instalments\",\"nonpaymentReason\":\"other\",\"instalmentCount\":\"4\",\"instalmentsFrom\":\"%s\",\"instalmentRhythm\":\"weekly\"}"
            .formatted(payer.today().plusDays(2)));
    await().atMost(SOON).until(() -> payer.states("payment_plan").contains("running"));
    JsonNode plan = server.get("/api/v1/customers/" + payer.number() + "/plans").json().get(0);
    assertThat(plan.path("proposedBy").asString()).isEqualTo("payer");
    assertThat(plan.path("instalments").findValuesAsString("amount"))
        .containsExactly("115.00", "115.00", "115.00", "115.00");
    await().atMost(SOON).until(() -> payer.timeline(1).contains("is to be told by phone"));
    assertThat(server.get("/api/v1/signals?customer=" + payer.number()).body())
        .contains("unreachable");
    String path = "/api/v1/plans/" + plan.path("id").asString();
    delete(path, "{}").expect(400);
    delete(path, "{\"reason\":\"they changed their mind\"}").expect(204);
    delete(path, "{\"reason\":\"again\"}").expect(400);
    delete("/api/v1/plans/999999999", "{\"reason\":\"x\"}").expect(404);
    payer.awaitEnds("payment-plan", "EndEvent_PlanEnded");
    long id = plan.path("id").asLong();
    server.publish(
        "plan-proposed",
        String.valueOf(id),
        "{\"planId\":%d,\"payerId\":%d}"
            .formatted(id, server.count("SELECT id FROM payer WHERE number = ?", payer.number())));
    payer.awaitEnds("payment-plan", "EndEvent_PlanEnded", "EndEvent_NoPlan");
  }

  @Test
  void whatCannotBeAgreedIsRefusedInWords() {
    PayerFixture payer =
        aPayer(server)
            .owes(
                item(1, "50.00", "EUR", 1), item(2, "60.00", "USD", 1), item(3, "70.00", "EUR", 1));
    String day = payer.today().plusDays(3).toString();
    assertThat(
            post(
                    payer,
                    "",
                    "{\"instalments\":[{\"dueOn\":\"%s\",\"amount\":119.99}]}".formatted(day))
                .expect(400)
                .body())
        .contains("0.01 EUR too little");
    assertThat(post(payer, "", "{}").expect(400).body()).contains("count and firstOn");
    String both =
        "{\"invoices\":[\"%s\",\"%s\"],\"count\":2,\"firstOn\":\"%s\"}"
            .formatted(payer.invoice(1), payer.invoice(2), day);
    assertThat(post(payer, "", both).expect(400).body()).contains("one currency");
    assertThat(post(payer, "/simulation", both).expect(400).body()).contains("one currency");
    assertThat(post(payer, "", both.replace(payer.invoice(2), "nobody's")).expect(400).body())
        .contains("no open invoice 'nobody's'");
    post(payer, "", even(payer)).expect(201);
    assertThat(post(payer, "", even(payer)).expect(400).body()).contains("is in plan");
    assertThat(payer.states("payment_plan")).hasSize(1);
    server.post("/api/v1/customers/nobody/plans", even(payer), "agent").expect(404);
    server
        .post("/api/v1/customers/" + payer.number() + "/plans", even(payer), "designer")
        .expect(403);
  }

  private static String even(PayerFixture payer) {
    return "{\"count\":2,\"rhythm\":\"weekly\",\"firstOn\":\"%s\"}"
        .formatted(payer.today().plusDays(2));
  }

  private Server.Answer post(PayerFixture payer, String below, String body) {
    return server.post("/api/v1/customers/" + payer.number() + "/plans" + below, body, "agent");
  }

  private Server.Answer delete(String path, String body) {
    return server.exchange(
        "DELETE",
        path,
        "agent",
        "application/json",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
