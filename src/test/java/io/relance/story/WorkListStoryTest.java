package io.relance.story;

import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is worth most comes first; tasks are taken by one, postponed, and done many at once. */
class WorkListStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void moreMoneyComesFirstAndAPaymentChangesTheOrder() {
    PayerFixture small = aPayerWithoutAddress(server).owes(1, "450.00", "EUR", 5);
    PayerFixture large = aPayerWithoutAddress(server).owes(1, "900.00", "EUR", 5);
    await().atMost(SOON).until(() -> isRanked(small) && isRanked(large));
    assertThat(place(large)).isLessThan(place(small));
    JsonNode standing = standing(large);
    assertThat(standing.path("queue").asString()).isEqualTo("calls");
    assertThat(standing.path("reasons").toString()).contains("900.00\u00a0EUR", "band C");
    assertThat(standing.path("bestHour").asInt()).isBetween(8, 20);
    large.pays(1, "700.00", "EUR");
    await()
        .atMost(SOON)
        .until(() -> standing(large).path("reasons").toString().contains("200.00\u00a0EUR"));
    assertThat(place(large)).isGreaterThan(place(small));
    assertThat(
            server
                .get("/api/v1/tasks?size=200")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("standing").isObject())
                .map(item -> item.path("standing").path("place").asInt())
                .toList())
        .as("the list has this order")
        .isSorted();
  }

  @Test
  void aPostponedTaskLeavesTheListAndComesBackOnItsDay() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "460.00", "EUR", 5);
    await().atMost(SOON).until(() -> isRanked(payer));
    String key = key(payer);
    String task = "/api/v1/tasks/" + key;
    String until = payer.today().plusDays(2).toString();
    String wish = "{\"until\":\"%s\",\"reason\":\"their bookkeeper is away\"}";
    assertThat(server.post(task + "/postpone", wish.formatted(payer.today()), "agent").body())
        .contains("until can be a day from " + payer.today().plusDays(1));
    server.post(task + "/postpone", "{\"until\":\"%s\"}".formatted(until), "agent").expect(400);
    server.post(task + "/postpone", wish.formatted(until), "designer").expect(403);
    server.post(task + "/postpone", wish.formatted(until), "agent").expect(204);
    assertThat(keys(found(payer, ""))).isEmpty();
    assertThat(keys(found(payer, "&postponed=only"))).containsExactly(key);
    assertThat(payer.openTasks().get(0).path("postponedReason").asString())
        .as("who looks at the customer sees it all the same")
        .isEqualTo("their bookkeeper is away");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM timeline_entry e JOIN payer p ON p.id = e.payer_id WHERE p.number = ?"
                    + " AND e.actor = 'agent' AND e.text LIKE ?",
                payer.number(),
                "%postponed until " + until + ": their bookkeeper is away"))
        .isEqualTo(1);
    server.advance("P2D");
    assertThat(keys(found(payer, ""))).containsExactly(key);
  }

  @Test
  void aTaskThatIsWantedEarlierIsBroughtBack() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "465.00", "EUR", 5);
    await().atMost(SOON).until(() -> isRanked(payer));
    String key = key(payer);
    bulk(
        "{\"act\":\"postpone\",\"keys\":[%s],\"until\":\"%s\",\"reason\":\"holidays\"}"
            .formatted(key, payer.today().plusDays(9)),
        "agent");
    assertThat(keys(found(payer, ""))).isEmpty();
    server.post("/api/v1/tasks/" + key + "/wake", "", "agent").expect(204);
    assertThat(keys(found(payer, ""))).containsExactly(key);
    payer.pays(1, "465.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    server.post("/api/v1/tasks/" + key + "/wake", "", "agent").expect(409);
  }

  @Test
  void whatCannotBeDoneWithATaskIsToldAndTheOthersAreDone() {
    PayerFixture free = aPayerWithoutAddress(server).owes(1, "470.00", "EUR", 5);
    PayerFixture held = aPayerWithoutAddress(server).owes(1, "480.00", "EUR", 5);
    await().atMost(SOON).until(() -> isRanked(free) && isRanked(held));
    server.post("/api/v1/tasks/" + key(held) + "/claim", "", "manager").expect(204);
    String keys = "\"keys\":[%s,%s,17]".formatted(key(free), key(held));
    JsonNode report = bulk("{\"act\":\"take\"," + keys + "}", "agent");
    assertThat(report.path("done").asInt()).isEqualTo(1);
    assertThat(report.path("problems").size()).isEqualTo(2);
    assertThat(report.toString()).contains("is with manager", "17");
    assertThat(free.openTasks().get(0).path("assignee").asString()).isEqualTo("agent");
    assertThat(held.openTasks().get(0).path("assignee").asString()).isEqualTo("manager");
    assertThat(
            server
                .post(
                    "/api/v1/tasks/bulk",
                    "{\"act\":\"assign\",\"login\":\"agent\"," + keys + "}",
                    "agent")
                .expect(403)
                .body())
        .contains("Only a manager can give tasks to somebody");
    assertThat(bulk("{\"act\":\"assign\",\"login\":\"agent\"," + keys + "}", "manager").toString())
        .contains("\"done\":2");
    assertThat(held.openTasks().get(0).path("assignee").asString()).isEqualTo("agent");
    server
        .post("/api/v1/tasks/" + key(held) + "/assign", "{\"login\":\"designer\"}", "manager")
        .expect(400);
    bulk("{\"act\":\"give-back\"," + keys + "}", "agent");
    assertThat(held.openTasks().get(0).path("assignee").isNull()).isTrue();
  }

  @Test
  void oneOfManyWhoTakeATaskGetsItAndTheOthersAreToldWho() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "490.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    String path = "/api/v1/tasks/" + key(payer) + "/claim";
    List<CompletableFuture<Server.Answer>> tries =
        Stream.of("agent", "manager", "admin")
            .map(user -> CompletableFuture.supplyAsync(() -> server.post(path, "", user)))
            .toList();
    List<Server.Answer> answers = tries.stream().map(CompletableFuture::join).toList();
    String holder = payer.openTasks().get(0).path("assignee").asString();
    assertThat(answers).filteredOn(a -> a.status() == 204).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.status() != 204)
        .hasSize(2)
        .allSatisfy(
            a -> {
              assertThat(a.status()).isEqualTo(409);
              assertThat(a.body()).contains("is with " + holder);
            });
  }

  @Test
  void aTeamSeesItsQueuesAndASeniorTheHardOnes() {
    PayerFixture usual = aPayerWithoutAddress(server).owes(1, "500.00", "EUR", 5);
    PayerFixture key = aPayerWithoutAddress(server).inSegment("key-account");
    key.owes(1, "510.00", "EUR", 5);
    await().atMost(SOON).until(() -> isRanked(usual) && isRanked(key));
    assertThat(standing(key).path("skill").asString()).isEqualTo("senior");
    assertThat(keys(day(usual))).as("without a team").containsExactly(key(usual));
    try {
      team("[\"disputes\",\"key-accounts\"]", false);
      assertThat(keys(day(usual))).isEmpty();
      assertThat(keys(day(key))).as("needs experience").isEmpty();
      assertThat(keys(found(key, ""))).as("under All").containsExactly(key(key));
      team("[\"calls\",\"key-accounts\"]", true);
      assertThat(keys(day(usual))).containsExactly(key(usual));
      assertThat(keys(day(key))).containsExactly(key(key));
      assertThat(
              server
                  .put("/api/v1/teams/x", "{\"members\":[{\"login\":\"nobody\"}]}", "manager")
                  .expect(400)
                  .body())
          .contains("there is no user 'nobody'");
      server.put("/api/v1/teams/x", "{}", "agent").expect(403);
    } finally {
      server.delete("/api/v1/teams/story", "manager").expect(204);
    }
  }

  @Test
  void filtersNarrowAndCountsTell() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "520.00", "EUR", 5);
    await().atMost(SOON).until(() -> isRanked(payer));
    String key = key(payer);
    assertThat(keys(found(payer, "&band=C&minAmount=520&queue=calls&callableNow=true")))
        .containsExactly(key);
    assertThat(keys(found(payer, "&minAmount=520.01"))).isEmpty();
    assertThat(keys(found(payer, "&band=A"))).isEmpty();
    assertThat(keys(found(payer, "&queue=disputes"))).isEmpty();
    assertThat(keys("/api/v1/tasks?text=" + payer.invoice(1))).containsExactly(key);
    assertThat(keys("/api/v1/tasks?text=%25")).as("no wildcard").isEmpty();
    assertThat(server.get("/api/v1/tasks?band=F").expect(400).body())
        .contains("band can be A to E, not 'F'");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(server.get("/api/v1/tasks/counts").expect(200).body())
                    .contains("\"key\":\"calls\"", "\"name\":\"Call payer\""));
  }

  private void team(String queues, boolean senior) {
    server
        .put(
            "/api/v1/teams/story",
            "{\"queues\":%s,\"members\":[{\"login\":\"agent\",\"senior\":%s}]}"
                .formatted(queues, senior),
            "manager")
        .expect(204);
  }

  private JsonNode bulk(String body, String user) {
    return server.post("/api/v1/tasks/bulk", body, user).expect(200).json();
  }

  private static String found(PayerFixture payer, String more) {
    return "/api/v1/tasks?text=" + payer.invoice(1) + more;
  }

  private static String day(PayerFixture payer) {
    return found(payer, "&day=true");
  }

  private List<String> keys(String path) {
    return server
        .get(path, "agent")
        .expect(200)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path("key").asString())
        .toList();
  }

  private static String key(PayerFixture payer) {
    return payer.openTasks().get(0).path("key").asString();
  }

  private static JsonNode standing(PayerFixture payer) {
    return payer.openTasks().path(0).path("standing");
  }

  private static boolean isRanked(PayerFixture payer) {
    return payer.openTasks().size() == 1 && standing(payer).isObject();
  }

  private static int place(PayerFixture payer) {
    return standing(payer).path("place").asInt();
  }
}
