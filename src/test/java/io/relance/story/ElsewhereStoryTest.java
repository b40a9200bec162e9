package io.relance.story;

import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks are completed in Tasklist or by the engine's API, too: what came of them is recorded. */
class ElsewhereStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String SCRIPT = "<script>alert(1)</script>";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aPromiseTakenDownInTasklistIsRecordedByWhoHadTheTask() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "910.00", "EUR", 18);
    String key = call(payer);
    completedInTheEngine(
        key,
        "demo.tasklist",
        Map.of(
            "callOutcome",
            "promised",
            "nonpaymentReason",
            "other",
            "promisedFor",
            payer.today().plusDays(3).toString(),
            "promisedAmount",
            900,
            "callNote",
            SCRIPT));
    await().atMost(SOON).until(() -> payer.states("payment_promise").contains("open"));
    assertThat(payer.timeline(1))
        .contains("Promised 900.00 EUR", "Call: promised to pay", "\"actor\":\"demo.tasklist\"");
    payer.awaitEnds("payer-call", "EndEvent_PayerCalled");
    assertThat(payer.file(1).path("status").asString())
        .as("collection waits")
        .isEqualTo("promised");
    Server.Answer late =
        server.post(
            "/api/v1/tasks/" + key + "/complete",
            "{\"variables\":{\"callOutcome\":\"no-answer\"}}",
            "agent");
    assertThat(late.expect(409).body())
        .as("in plain words: who, when, and with which outcome")
        .contains("'Call payer' was completed by demo.tasklist on ", "Call: promised to pay");
  }

  @Test
  void whoeverNamesNobodyIsSaidToBeSomebodyOutside() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "920.00", "EUR", 18);
    String first = call(payer);
    completedInTheEngine(first, "demo.tasklist", Map.of("callOutcome", "no-answer"));
    await().atMost(SOON).until(() -> payer.timeline(1).contains("Call: no answer"));
    server.advance("P1D");
    String second = call(payer);
    assertThat(second).isNotEqualTo(first);
    completedInTheEngine(
        second, null, Map.of("callOutcome", "refuses", "nonpaymentReason", "other"));
    await().atMost(SOON).until(() -> payer.timeline(1).contains("Call: refuses to pay"));
    assertThat(
            server
                .database()
                .queryForList(
                    "SELECT actor FROM payer_call c JOIN payer p ON p.id = c.payer_id WHERE p.number = ? ORDER BY c.id",
                    String.class,
                    payer.number()))
        .as("the first one's agent did not make the second call")
        .containsExactly("demo.tasklist", "somebody outside of Relance");
  }

  @Test
  void anAnswerThatCannotBeRecordedComesBackFilledIn() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "930.00", "EUR", 18);
    String yesterday = payer.today().minusDays(1).toString();
    List<Map<String, Object>> wrong =
        List.of(
            Map.of("callOutcome", "sing", "nonpaymentReason", "other", "callNote", SCRIPT),
            Map.of("callOutcome", "refuses", "callNote", "no reason was said"),
            Map.of("callOutcome", Map.of("a", 1), "nonpaymentReason", "other"),
            Map.of(
                "callOutcome", "promised", "nonpaymentReason", "other", "promisedFor", yesterday));
    List<String> fields = List.of("callOutcome", "nonpaymentReason", "callOutcome", "promisedFor");
    String key = call(payer);
    for (int i = 0; i < wrong.size(); i++) {
      completedInTheEngine(key, "demo.tasklist", wrong.get(i));
      String before = key;
      await().atMost(SOON).until(() -> !List.of("", before).contains(openTask(payer)));
      key = call(payer);
      assertThat(form(key).path("returnedBecause").asString()).startsWith(fields.get(i) + " is '");
    }
    assertThat(form(key).path("callOutcome").asString()).isEqualTo("promised");
    assertThat(form(key).path("promisedFor").asString()).isEqualTo(yesterday);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM timeline_entry e JOIN payer p ON p.id = e.payer_id WHERE p.number = ?"
                    + " AND e.kind = 'answer-returned' AND e.actor = 'demo.tasklist' AND e.text LIKE '%It said: callOutcome %'",
                payer.number()))
        .as("nothing of it is lost")
        .isEqualTo(4);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM payer_call c JOIN payer p ON p.id = c.payer_id WHERE p.number = ?",
                payer.number()))
        .as("nobody is taken to have called")
        .isZero();
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM engine_incident i JOIN process_subject s ON s.process_instance_key = i.process_instance_key"
                    + " JOIN payer p ON p.id = s.payer_id WHERE p.number = ?",
                payer.number()))
        .isZero();
    payer.completes(
        "{\"callOutcome\":\"promised\",\"nonpaymentReason\":\"other\",\"promisedFor\":\"%s\"}"
            .formatted(payer.today().plusDays(2)));
    await().atMost(SOON).until(() -> payer.states("payment_promise").contains("open"));
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM returned_answer r JOIN payer p ON p.id = r.payer_id WHERE p.number = ?",
                payer.number()))
        .isZero();
  }

  @Test
  void aTaskThatAPaymentTookAwayIsSaidToBeNeedless() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "940.00", "EUR", 18);
    String key = call(payer);
    assertThat(live(key)).contains("\"state\":\"open\"");
    server.post("/api/v1/tasks/" + key + "/claim", "", "manager").expect(204);
    assertThat(live(key)).contains("\"holder\":\"manager\"");
    payer.pays(1, "940.00", "EUR");
    await().atMost(SOON).until(() -> live(key).contains("\"state\":\"needless\""));
    assertThat(
            server
                .post(
                    "/api/v1/tasks/" + key + "/complete",
                    "{\"variables\":{\"callOutcome\":\"no-answer\"}}",
                    "manager")
                .expect(409)
                .body())
        .contains("'Call payer' is not needed any more since ", "Settled on ");
  }

  private String live(String key) {
    return server.get("/api/v1/tasks/" + key + "/now", "agent").expect(200).body();
  }

  private tools.jackson.databind.JsonNode form(String key) {
    return server.get("/api/v1/tasks/" + key + "/form", "agent").expect(200).json().path("data");
  }

  /** Its key; empty while there is none. */
  private static String openTask(PayerFixture payer) {
    return payer.openTasks().path(0).path("key").asString("");
  }

  private static String call(PayerFixture payer) {
    return payer.awaitTask("Task_CallPayer").path("key").asString();
  }

  /** As Tasklist sends it: taken first, if by anybody, and without our own variables. */
  private void completedInTheEngine(
      String key, @Nullable String login, Map<String, Object> variables) {
    try (CamundaClient client = server.engineClient()) {
      long task = Long.parseLong(key);
      if (login != null) {
        client.newAssignUserTaskCommand(task).assignee(login).send().join();
      }
      client.newCompleteUserTaskCommand(task).variables(variables).send().join();
    }
  }
}
