package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An engine that is killed may have handed out jobs of processes that were not on its disk yet, and
 * makes those processes once more, with other keys. What was done for the first ones stays done.
 */
class ForgottenProcessStoryTest {

  /** A key that this engine never gave to anything. */
  private static final long NEVER_ON_DISK = 4711;

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginInTheMorning() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void theProcessThatIsMadeAgainTakesTheCaseOverAndRepeatsNothing() {
    PayerFixture payer = aPayer(server).owes(1, "310.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    Map<String, Object> kase = caseOf(payer);
    long forgotten = ((Number) kase.get("process_instance_key")).longValue();
    server
        .database()
        .update(
            "UPDATE collection_case SET process_instance_key = ? WHERE id = ?",
            NEVER_ON_DISK,
            kase.get("id"));
    // the step's record belongs to what the engine forgot, so the process asks for it once more
    server.database().update("DELETE FROM case_step WHERE case_id = ?", kase.get("id"));
    server.cancelProcess(forgotten);
    startAgain(kase);

    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> holder(payer) != NEVER_ON_DISK && !payer.steps(1, "taken").isEmpty());
    assertThat(holder(payer)).isNotEqualTo(forgotten);
    server.advance("P2D");
    assertThat(payer.mails()).hasSize(1);
    assertThat(server.get("/api/v1/analytics/coverage").json().path("orphans").asLong()).isZero();
    payer.pays(1, "310.00", "EUR");
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> payer.timeline(1).contains("Collection ended"));
  }

  /** As long as the engine runs the process that has the case, nobody else gets it. */
  @Test
  void aSecondProcessOfARunningCaseEndsAtOnce() {
    PayerFixture payer = aPayer(server).owes(1, "320.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    Map<String, Object> kase = caseOf(payer);
    long second;
    try (CamundaClient engine = server.engineClient()) {
      second =
          engine
              .newCreateInstanceCommand()
              .bpmnProcessId("invoice-collection")
              .latestVersion()
              .variables(variables(kase))
              .startBeforeElement("Task_OpenCase")
              .send()
              .join()
              .getProcessInstanceKey();
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM engine_instance WHERE process_instance_key = ? AND state = 'completed'",
                        second)
                    == 1);
    assertThat(holder(payer)).isEqualTo(kase.get("process_instance_key"));
    server.advance("P1D");
    assertThat(payer.mails()).hasSize(1);
  }

  private void startAgain(Map<String, Object> kase) {
    try (CamundaClient engine = server.engineClient()) {
      engine
          .newPublishMessageCommand()
          .messageName("invoice-overdue")
          .correlationKey(String.valueOf(kase.get("invoice_id")))
          .variables(variables(kase))
          .send()
          .join();
    }
  }

  private static Map<String, Object> variables(Map<String, Object> kase) {
    return Map.of(
        "caseId", kase.get("id"),
        "invoiceId", kase.get("invoice_id"),
        "payerId", kase.get("payer_id"),
        "invoiceNumber", kase.get("number"));
  }

  private Map<String, Object> caseOf(PayerFixture payer) {
    return server
        .database()
        .queryForMap(
            "SELECT c.id, c.invoice_id, c.payer_id, c.process_instance_key, i.number FROM collection_case c"
                + " JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ? AND c.live = 1",
            payer.invoice(1));
  }

  private long holder(PayerFixture payer) {
    return ((Number) caseOf(payer).get("process_instance_key")).longValue();
  }
}
