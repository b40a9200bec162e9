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
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps collection still, what wakes it, and who is called: on the real engine. */
class StrategyStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void severalInvoicesOfAPayerMakeOneCallAndOnePromise() {
    PayerFixture payer =
        aPayerWithoutAddress(server).owes(item(1, "100.00", "EUR", 4), item(2, "50.00", "EUR", 4));
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    await().atMost(SOON).until(() -> payer.openTasks().get(0).path("invoices").size() == 2);
    assertThat(payer.openTasks().get(0).path("openAmount").asString()).isEqualTo("150.00");
    String day = payer.today().plusDays(3).toString();
    payer.completes(
        "{\"callOutcome\":\"promised\",\"promisedFor\":\"%s\",\"nonpaymentReason\":\"approval\"}"
            .formatted(day));
    await().atMost(SOON).until(() -> payer.file(2).path("status").asString().equals("promised"));
    assertThat(payer.file(1).path("status").asString()).isEqualTo("promised");
    assertThat(payer.timeline(1)).contains("Waits for approval", "Promised to pay by " + day);
    await().atMost(SOON).until(() -> waitsAt(payer, 1).equals("Timer_WaitPromised"));
    payer.pays(1, "100.00", "EUR");
    server.advance("P9D");
    assertThat(payer.timeline(2)).contains("was not kept");
    assertThat(payer.timeline(1)).doesNotContain("was not kept");
    assertThat(payer.states("payment_promise")).containsExactly("broken");
    assertThat(payer.openTasks()).as("the second step of invoice 2").hasSize(1);
  }

  @Test
  void aPromiseOfAPartIsKeptWhenThatPartComes() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "300.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    String day = payer.today().plusDays(4).toString();
    payer.refuses(
        "{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\"2020-01-01\"}");
    payer.refuses(
        "{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\"%s\",\"promisedAmount\":\"much\"}"
            .formatted(day));
    payer.completes(
        "{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\"%s\",\"promisedAmount\":\"120,50\"}"
            .formatted(day));
    await().atMost(SOON).until(() -> payer.file(1).path("status").asString().equals("promised"));
    payer.pays(1, "120.50", "EUR");
    await().atMost(SOON).until(() -> payer.states("payment_promise").contains("kept"));
    await().atMost(SOON).until(() -> waitsAt(payer, 1).equals("Timer_WaitForNextStep"));
    assertThat(payer.file(1).path("status").asString()).isEqualTo("overdue");
  }

  @Test
  void aPaymentWhileACallIsOpenTakesItFromTheWorkList() {
    PayerFixture payer =
        aPayerWithoutAddress(server).owes(item(1, "70.00", "EUR", 4), item(2, "30.00", "EUR", 4));
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    await().atMost(SOON).until(() -> payer.openTasks().get(0).path("invoices").size() == 2);
    payer.pays(1, "70.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().get(0).path("invoices").size() == 1);
    assertThat(payer.openTasks()).as("the other invoice is still to be called about").hasSize(1);
    payer.pays(2, "30.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    server.advance("P8D");
    assertThat(payer.openTasks()).isEmpty();
  }

  /** Morning, afternoon, next morning; then a message, or a signal where there is no address. */
  @Test
  void threeCallsThatNobodyAnswersBecomeAMessage() {
    PayerFixture payer = aPayer(server).owes(1, "900.00", "EUR", 18);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    payer.completes("{\"callOutcome\":\"no-answer\"}");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    server.advance("P1D");
    payer.completes("{\"callOutcome\":\"no-answer\"}");
    server.advance("P1D");
    payer.completes("{\"callOutcome\":\"no-answer\"}");
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(payer.timeline(1)).contains("Not reached by phone");
    server.advance("P2D");
    assertThat(payer.openTasks()).isEmpty();

    PayerFixture nobody = aPayerWithoutAddress(server).owes(1, "90.00", "EUR", 4);
    await().atMost(SOON).until(() -> nobody.openTasks().size() == 1);
    nobody.completes("{\"callOutcome\":\"wrong-number\"}");
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM payer_signal s JOIN payer p ON p.id = s.payer_id WHERE p.number = ? AND s.kind IN ('unreachable','wrong-number')",
                        nobody.number())
                    == 2);
  }

  @Test
  void aHoldKeepsTheInvoiceStillUntilItEnds() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "100.00", "EUR", 1), item(2, "200.00", "EUR", 1));
    await().atMost(SOON).until(() -> waitsAt(payer, 1).equals("Timer_WaitForNextStep"));
    await().atMost(SOON).until(() -> waitsAt(payer, 2).equals("Timer_WaitForNextStep"));
    LocalDate until = payer.today().plusDays(4);
    String hold = "/api/v1/invoices/" + payer.invoice(1) + "/hold";
    server.put(hold, "{\"until\":\"" + until + "\"}", "agent").expect(400);
    server.put(hold, "{\"reason\":\"x\",\"until\":\"2020-01-01\"}", "agent").expect(400);
    server.put(hold, "{\"reason\":\"x\"}", "agent").expect(400);
    server
        .put(hold, "{\"reason\":\"a visit\",\"until\":\"" + until + "\"}", "designer")
        .expect(403);
    server.put(hold, "{\"reason\":\"a visit\",\"until\":\"" + until + "\"}", "agent").expect(204);
    await().atMost(SOON).until(() -> waitsAt(payer, 1).equals("Timer_WaitOnHold"));
    server.advance("P4D");
    assertThat(payer.steps(1, "taken")).isEmpty();
    assertThat(payer.steps(2, "taken")).containsExactly("courteous-reminder");
    assertThat(payer.mails()).hasSize(1);
    server.advance("P3D");
    assertThat(payer.steps(1, "taken")).containsExactly("courteous-reminder");
    assertThat(payer.timeline(1)).contains("On hold until " + until + ": a visit");
  }

  @Test
  void aPayerInDifficultyIsLeftAloneUntilAPersonDecides() {
    PayerFixture payer =
        aPayerWithoutAddress(server).owes(item(1, "40.00", "EUR", 4), item(2, "50.00", "EUR", 1));
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    payer.completes(
        "{\"callOutcome\":\"difficulty\",\"nonpaymentReason\":\"other\",\"callNote\":\"lost a client\"}");
    await().atMost(SOON).until(() -> waitsAt(payer, 2).equals("Timer_WaitOnHold"));
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_DecideDifficulty");
    server.advance("P5D");
    assertThat(payer.openTasks()).hasSize(1);
    payer.completes("{\"difficultyOutcome\":\"resume\",\"difficultyNote\":\"new orders\"}");
    await().atMost(SOON).until(() -> waitsAt(payer, 2).equals("Timer_WaitForNextStep"));
    payer.awaitEnds("payer-difficulty", "EndEvent_DifficultyDecided");
  }

  @Test
  void whoPaysEverythingNeedsNoDecision() {
    PayerFixture other = aPayerWithoutAddress(server).owes(1, "41.00", "EUR", 4);
    await().atMost(SOON).until(() -> other.openTasks().size() == 1);
    other.completes("{\"callOutcome\":\"difficulty\",\"nonpaymentReason\":\"other\"}");
    await()
        .atMost(SOON)
        .until(
            () ->
                other.openTasks().size() == 1
                    && other
                        .openTasks()
                        .get(0)
                        .path("type")
                        .asString()
                        .equals("Task_DecideDifficulty"));
    other.pays(1, "41.00", "EUR");
    await().atMost(SOON).until(() -> other.openTasks().isEmpty());
    assertThat(other.states("payer_difficulty")).containsExactly("settled");
  }

  @Test
  void aHoldOfAPayerIsEndedByAPerson() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "100.00", "EUR", 2), item(2, "200.00", "EUR", 1));
    String hold = "/api/v1/customers/" + payer.number() + "/hold";
    server
        .put(
            hold,
            "{\"reason\":\"talks\",\"until\":\"" + payer.today().plusDays(60) + "\"}",
            "agent")
        .expect(204);
    await().atMost(SOON).until(() -> waitsAt(payer, 1).equals("Timer_WaitOnHold"));
    await().atMost(SOON).until(() -> waitsAt(payer, 2).equals("Timer_WaitOnHold"));
    server.advance("P3D");
    assertThat(payer.mails()).isEmpty();
    server.delete(hold, "agent").expect(204);
    server.delete(hold, "agent").expect(404);
    server.advance("PT1H");
    assertThat(waitsAt(payer, 2)).isEqualTo("Timer_WaitForNextStep");
    assertThat(payer.mails()).as("the notice that the hold had kept back").hasSize(1);
  }

  private String waitsAt(PayerFixture payer, int n) {
    return String.join(
        ",",
        server
            .database()
            .queryForList(
                "SELECT t.element_id FROM engine_timer t JOIN collection_case c ON c.process_instance_key = t.process_instance_key"
                    + " JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ?",
                String.class,
                payer.invoice(n)));
  }
}
