package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What managers are told of the processes is what happened, and is there in seconds. */
class FlowStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String COLLECTION = "invoice-collection";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aCaseIsSeenWhereItWaitsWithItsMoneyAndThenWithWhatCameIn() {
    String segment = "flow-" + System.nanoTime() % 1_000_000;
    PayerFixture payer =
        aPayerWithoutAddress(server).inSegment(segment).owes(1, "120.00", "EUR", 5);
    payer.awaitTask("Task_CallPayer");
    await()
        .atMost(SOON)
        .until(() -> element("payer-call", segment, "Task_CallPayer").path("active").asInt() == 1);
    JsonNode waiting = element("payer-call", segment, "Task_CallPayer");
    assertThat(waiting.path("entered").asInt()).isEqualTo(1);
    assertThat(waiting.path("completed").asInt()).isZero();
    assertThat(waiting.path("median").isNull()).isTrue();
    assertThat(waiting.at("/open/0/amount").asString()).isEqualTo("120.00");

    server.advance("P2D");
    payer.completes("{\"callOutcome\":\"no-answer\"}");
    await()
        .atMost(SOON)
        .until(
            () -> element("payer-call", segment, "Task_CallPayer").path("completed").asInt() == 1);
    JsonNode agents = element("payer-call", segment + "&agent=agent", "Task_CallPayer");
    assertThat(agents.path("entered").asInt()).as("whose task it was").isEqualTo(1);
    assertThat(agents.path("completed").asInt()).isEqualTo(1);
    assertThat(element("payer-call", segment + "&agent=nobody", "Task_CallPayer").isMissingNode())
        .isTrue();
    Duration took =
        Duration.parse(element("payer-call", segment, "Task_CallPayer").path("median").asString());
    assertThat(took).isBetween(Duration.ofHours(43), Duration.ofHours(51));

    payer.pays(1, "100.00", "EUR");
    await()
        .atMost(SOON)
        .until(
            () ->
                element("payer-call", segment, "Task_CallPayer")
                    .at("/cashWithin7Days/0/amount")
                    .asString("")
                    .equals("100.00"));
    assertThat(
            element("payer-call", segment + "&agent=agent", "Task_CallPayer")
                .at("/cashWithin7Days/0/amount")
                .asString())
        .isEqualTo("100.00");
    server.advance("P10D");
    payer.pays(1, "20.00", "EUR");
    await()
        .atMost(SOON)
        .until(
            () ->
                element(COLLECTION, segment, "Task_OpenCase")
                    .at("/cashWithin30Days/0/amount")
                    .asString("")
                    .equals("120.00"));
    assertThat(
            element(COLLECTION, segment, "Task_OpenCase")
                .at("/cashWithin7Days/0/amount")
                .asString())
        .as("the second payment came later than a week after it")
        .isEqualTo("100.00");
  }

  /** What is counted anew is the same as what was counted as it happened. */
  @Test
  void countingAnewGivesTheSameNumbers() {
    PayerFixture payer = aPayer(server).owes(1, "50.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    server.advance("P1D");
    await().atMost(SOON).until(() -> counts().equals(happened()));
    assertThat(counts()).isNotEmpty();
    server.post("/api/v1/processes/figures/rebuild", "", "agent").expect(403);
    server.post("/api/v1/processes/figures/rebuild", "", "manager").expect(202);
    await().atMost(Duration.ofSeconds(120)).until(() -> counts().equals(happened()));
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM flow_open o WHERE NOT EXISTS (SELECT 1 FROM engine_element_event e"
                    + " WHERE e.process_instance_key = o.process_instance_key AND e.element_instance_key = o.element_instance_key)"))
        .isZero();
  }

  @Test
  void whatCannotBeMeantIsRefusedInWords() {
    String flow = "/api/v1/processes/" + COLLECTION + "/versions/1/flow";
    assertThat(server.get(flow + "?from=2026-05-02&to=2026-05-01", "manager").expect(400).body())
        .contains("before from");
    assertThat(server.get(flow + "?creditor=nobody", "manager").expect(400).body())
        .contains("there is no creditor");
    server.get("/api/v1/processes/no-such-model/versions/1/flow", "manager").expect(404);
    server.get("/api/v1/processes/" + COLLECTION + "/versions/99/flow", "manager").expect(404);
    server.get(flow, "agent").expect(403);
    server.get(flow, "designer").expect(200);
  }

  private Map<String, String> happened() {
    return sums(
        "SELECT element_id, SUM(intent = 'activated'), SUM(intent = 'completed'), SUM(intent = 'terminated')"
            + " FROM engine_element_event GROUP BY element_id");
  }

  private Map<String, String> counts() {
    return sums(
        "SELECT e.element_id, SUM(d.entered), SUM(d.completed), SUM(d.ended_early) FROM flow_day d"
            + " JOIN flow_element e ON e.id = d.element GROUP BY e.element_id");
  }

  private Map<String, String> sums(String query) {
    Map<String, String> sums = new TreeMap<>();
    server
        .database()
        .query(
            query,
            rs -> {
              sums.put(rs.getString(1), rs.getLong(2) + " " + rs.getLong(3) + " " + rs.getLong(4));
            });
    return sums;
  }

  private JsonNode element(String model, String segment, String id) {
    String today = server.now().toString().substring(0, 10);
    JsonNode flow =
        server
            .get(
                "/api/v1/processes/"
                    + model
                    + "/versions/"
                    + newest(model)
                    + "/flow?segment="
                    + segment
                    + "&from=2026-01-01&to="
                    + today,
                "manager")
            .expect(200)
            .json();
    for (JsonNode element : flow.path("elements")) {
      if (element.path("id").asString().equals(id)) {
        return element;
      }
    }
    return flow.path("none");
  }

  private long newest(String model) {
    return server.count("SELECT MAX(version) FROM engine_process WHERE bpmn_process_id = ?", model);
  }
}
