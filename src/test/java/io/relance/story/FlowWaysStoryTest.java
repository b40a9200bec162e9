package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How far real cases come, and by which ways, is what happened. */
class FlowWaysStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String COLLECTION = "invoice-collection";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void fromOverdueToPaid() {
    String segment = "ways-" + System.nanoTime() % 1_000_000;
    PayerFixture written = aPayer(server).inSegment(segment).owes(1, "50.00", "EUR", 5);
    PayerFixture called =
        aPayerWithoutAddress(server).inSegment(segment).owes(1, "120.00", "EUR", 5);
    called.awaitTask("Task_CallPayer");
    await().atMost(SOON).until(() -> written.mails().size() == 1);
    await().atMost(SOON).until(() -> cases(segment, "begun") == 2);
    await().atMost(SOON).until(() -> cases(segment, "reminded") == 1);
    assertThat(cases(segment, "open")).isEqualTo(2);

    called.completes("{\"callOutcome\":\"no-answer\"}");
    await().atMost(SOON).until(() -> cases(segment, "spoken") == 1);
    called.promises(1, 3);
    await().atMost(SOON).until(() -> cases(segment, "agreed") == 1);
    server.advance("P2D");
    called.pays(1, "120.00", "EUR");
    await().atMost(SOON).until(() -> cases(segment, "paid") == 1);
    written.isGivenUp(1);
    await().atMost(SOON).until(() -> cases(segment, "written-off") == 1);

    JsonNode paid = stage(segment, "paid");
    assertThat(paid.path("share").asDouble()).isEqualTo(0.5);
    assertThat(paid.at("/cash/0/amount").asString()).isEqualTo("120.00");
    assertThat(paid.at("/open/0/amount").asString()).isEqualTo("120.00");
    await().atMost(SOON).until(() -> !stage(segment, "paid").path("median").isNull());
    assertThat(Duration.parse(stage(segment, "paid").path("median").asString()))
        .isBetween(Duration.ofHours(43), Duration.ofHours(52));
    assertThat(cases(segment, "open")).isZero();

    assertThat(customers(segment, "paid")).containsExactly(called.number());
    assertThat(customers(segment, "written-off")).containsExactly(written.number());
    assertThat(customers(segment, "begun")).contains(called.number(), written.number()).hasSize(2);
    assertThat(customers(segment, "open")).isEmpty();

    JsonNode ways = ask(COLLECTION, "paths", segment);
    assertThat(ways.path("instances").asLong()).isEqualTo(2);
    assertThat(ways.toString()).contains("Task_OpenCase", "Task_SendEmail", "Task_RequestCall");
    double paidShares =
        ways.path("ways").valueStream().mapToDouble(way -> way.path("paidShare").asDouble()).sum();
    assertThat(paidShares).as("one of two ways was paid").isEqualTo(1);
    assertThat(ask(COLLECTION, "between", segment).toString())
        .contains("Task_OpenCase", "Task_ReadSituation");
  }

  @Test
  void whoIsCalledAgainGoesRound() {
    String segment = "loop-" + System.nanoTime() % 1_000_000;
    PayerFixture payer = aPayerWithoutAddress(server).inSegment(segment).owes(1, "70.00", "EUR", 5);
    payer.awaitTask("Task_CallPayer");
    payer.completes("{\"callOutcome\":\"no-answer\"}");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    server.advance("P3D");
    payer.awaitTask("Task_CallPayer");
    await()
        .atMost(SOON)
        .until(() -> ask("payer-call", "loops", segment).toString().contains("Task_CallPayer"));
    JsonNode loop =
        ask("payer-call", "loops", segment)
            .valueStream()
            .filter(l -> l.path("elementId").asString().equals("Task_CallPayer"))
            .findFirst()
            .orElseThrow();
    assertThat(loop.path("times").toString()).isEqualTo("[0,1,0,0]");
  }

  @Test
  void whatCannotBeMeantIsRefusedInWords() {
    String comparison = "/api/v1/processes/" + COLLECTION + "/comparison";
    server.get(comparison + "?a=1&b=99", "manager").expect(404);
    assertThat(server.get(comparison + "?a=one&b=1", "manager").status()).isEqualTo(400);
    server.get("/api/v1/processes/no-such-model/paths", "manager").expect(404);
    server.get("/api/v1/processes/" + COLLECTION + "/funnel", "agent").expect(403);
    assertThat(
            server
                .get(
                    "/api/v1/processes/" + COLLECTION + "/funnel?from=2026-05-02&to=2026-05-01",
                    "manager")
                .expect(400)
                .body())
        .contains("before from");
    assertThat(
            server
                .get("/api/v1/processes/" + COLLECTION + "/funnel/lost", "manager")
                .expect(400)
                .body())
        .contains("begun, reminded", "not 'lost'");
    JsonNode alike = server.get(comparison + "?a=1&b=1", "designer").expect(200).json();
    assertThat(alike.at("/a/cases").asLong()).isEqualTo(alike.at("/b/cases").asLong());
  }

  private long cases(String segment, String stage) {
    return stage(segment, stage).path("cases").asLong();
  }

  /** Whose cases stand behind a stage. */
  private List<String> customers(String segment, String stage) {
    return ask(COLLECTION, "funnel/" + stage, segment)
        .valueStream()
        .map(each -> each.path("customer").asString())
        .toList();
  }

  private JsonNode stage(String segment, String stage) {
    JsonNode funnel = ask(COLLECTION, "funnel", segment);
    return funnel
        .path("stages")
        .valueStream()
        .filter(each -> each.path("stage").asString().equals(stage))
        .findFirst()
        .orElse(funnel.path("none"));
  }

  private JsonNode ask(String model, String what, String segment) {
    return server
        .get(
            "/api/v1/processes/" + model + "/" + what + "?segment=" + segment + "&from=2026-01-01",
            "manager")
        .expect(200)
        .json();
  }
}
