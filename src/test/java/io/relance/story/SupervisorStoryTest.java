package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A supervisor sees who has what, moves it, and says who is away. */
class SupervisorStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final List<String> TEAM = List.of("anna", "ben", "carl");

  private final Server server = SharedServer.get();

  @BeforeAll
  static void hire() {
    for (String login : TEAM) {
      SharedServer.get()
          .database()
          .update(
              "INSERT INTO app_user (login, name, password_hash, role, enabled, demo)"
                  + " SELECT ?, ?, password_hash, 'AGENT', TRUE, FALSE FROM app_user WHERE login = 'agent'"
                  + " ON DUPLICATE KEY UPDATE enabled = TRUE",
              login,
              login);
    }
  }

  @AfterAll
  static void release() {
    var jdbc = SharedServer.get().database();
    jdbc.update("DELETE FROM agent_absence");
    jdbc.update("UPDATE app_user SET enabled = FALSE WHERE login IN ('anna','ben','carl')");
  }

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
    server.database().update("DELETE FROM agent_absence");
  }

  @Test
  void whoHasWhatIsSeenAndMoved() {
    List<PayerFixture> payers = callsOf("anna", "610.00", "620.00", "630.00", "640.00");
    server.get("/api/v1/workload", "agent").expect(403);
    JsonNode anna = agent("anna");
    assertThat(anna.path("held").asInt()).isEqualTo(4);
    assertThat(anna.path("overdue").asInt()).isZero();
    assertThat(anna.path("worth").toString())
        .isEqualTo("[{\"amount\":\"2500.00\",\"currency\":\"EUR\"}]");
    assertThat(anna.path("oldest").asString()).isNotEmpty();
    JsonNode workload = server.get("/api/v1/workload", "manager").expect(200).json();
    assertThat(workload.path("agents").valueStream().map(a -> -a.path("held").asLong()).toList())
        .as("whoever has most first")
        .isSorted();

    move("anna", "{\"which\":\"all\",\"to\":\"queue\"}", "agent", 403);
    move("anna", "{\"which\":\"some\",\"to\":\"queue\"}", "manager", 400);
    JsonNode best =
        move(
            "anna",
            "{\"which\":\"most-valuable\",\"count\":1,\"to\":\"colleague\",\"login\":\"ben\"}",
            "manager",
            200);
    assertThat(best.path("given").toString()).isEqualTo("{\"ben\":1}");
    assertThat(holder(payers.get(3))).as("what is worth most").isEqualTo("ben");

    JsonNode marked =
        move(
            "anna",
            "{\"which\":\"marked\",\"keys\":[%s,%s,17],\"to\":\"queue\"}"
                .formatted(key(payers.get(0)), key(payers.get(3))),
            "manager",
            200);
    assertThat(marked.path("done").asInt()).isEqualTo(1);
    assertThat(marked.path("left").asInt()).isEqualTo(2);
    assertThat(marked.path("problems").toString()).contains("is with ben", "17");
    assertThat(holder(payers.get(0))).isEmpty();
    assertThat(holder(payers.get(3))).isEqualTo("ben");
  }

  @Test
  void aTeamGetsThemEvenlyByWhatEachHas() {
    callsOf("carl", "710.00", "711.00");
    List<PayerFixture> payers = callsOf("anna", "720.00", "730.00", "740.00", "750.00");
    move("ben", "{\"which\":\"all\",\"to\":\"queue\"}", "manager", 200);
    try {
      server
          .put(
              "/api/v1/teams/north",
              "{\"members\":[{\"login\":\"anna\"},{\"login\":\"ben\",\"senior\":true},{\"login\":\"carl\"}]}",
              "manager")
          .expect(204);
      JsonNode report =
          move("anna", "{\"which\":\"all\",\"to\":\"team\",\"team\":\"north\"}", "manager", 200);
      assertThat(report.path("given").toString()).isEqualTo("{\"ben\":3,\"carl\":1}");
      assertThat(report.path("left").asInt()).isZero();
      assertThat(payers).noneMatch(payer -> holder(payer).equals("anna"));
      assertThat(agent("ben").path("teams").toString())
          .isEqualTo("[{\"team\":\"north\",\"senior\":true}]");
      away("ben", 0, 0, null, 201);
      away("carl", 0, 0, null, 201);
      assertThat(
              move("anna", "{\"which\":\"all\",\"to\":\"team\",\"team\":\"north\"}", "manager", 400)
                  .toString())
          .contains("nobody else of 'north' is there");
    } finally {
      server.delete("/api/v1/teams/north", "manager").expect(204);
    }
  }

  @Test
  void whatSomebodyDoesIsCounted() {
    PayerFixture payer = callsOf("agent", "760.00").getFirst();
    long before = agent("agent").path("doneToday").asLong();
    payer.completes("{\"callOutcome\":\"refuses\",\"nonpaymentReason\":\"other\"}");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(agent("agent").path("doneToday").asLong()).isEqualTo(before + 1);
              assertThat(agent("agent").path("doneThisWeek").asLong()).isGreaterThan(before);
            });
  }

  @Test
  void whoIsAwayHandsOverAndGetsNothing() {
    List<PayerFixture> payers = callsOf("anna", "810.00", "820.00");
    server
        .post(
            "/api/v1/tasks/" + key(payers.get(1)) + "/postpone",
            "{\"until\":\"%s\",\"reason\":\"asked for time\"}".formatted(day(9)),
            "manager")
        .expect(204);
    away("anna", 1, 4, "ben", 201);
    assertThat(away("anna", 2, 3, null, 400).body()).contains("remove that first");
    assertThat(away("ben", 1, 0, null, 400).body()).contains("the last is not before the first");
    assertThat(holder(payers.get(0))).as("not before the first day").isEqualTo("anna");

    server.advance("P1D");
    await().atMost(SOON).until(() -> holder(payers.get(0)).equals("ben"));
    await().atMost(SOON).until(() -> holder(payers.get(1)).equals("ben"));
    assertThat(agent("anna").path("absence").path("deputy").asString()).isEqualTo("ben");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE actor = 'system:absences' AND subject = ?",
                "task " + key(payers.get(0))))
        .as("handed over once")
        .isEqualTo(1);

    JsonNode given = assign("anna", key(payers.get(0)), 200).json();
    assertThat(given.path("standIn").asString()).isEqualTo("ben");
    away("ben", 0, 0, "carl", 201);
    assertThat(assign("anna", key(payers.get(0)), 200).json().path("standIn").asString())
        .as("the deputy's deputy")
        .isEqualTo("carl");
    away("carl", 0, 0, null, 201);
    assertThat(assign("anna", key(payers.get(0)), 400).body())
        .contains("anna is away until " + day(3))
        .contains("ben, who stands in, is not there either");
  }

  @Test
  void withoutADeputyTasksGoBackAndWhoIsAwayTakesNone() {
    PayerFixture payer = callsOf("agent", "830.00").getFirst();
    PayerFixture other = callsOf("ben", "835.00").getFirst();
    String self = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(day(0), day(1));
    long id = server.post("/api/v1/absences", self, "agent").expect(201).json().path("id").asLong();
    await().atMost(SOON).until(() -> holder(payer).isEmpty());
    assertThat(holder(other)).isEqualTo("ben");
    assertThat(
            server.post("/api/v1/tasks/" + key(payer) + "/claim", "", "agent").expect(400).body())
        .contains("You are away until " + day(1));
    server.post("/api/v1/absences", self.replace("{", "{\"login\":\"ben\","), "agent").expect(403);
    server.post("/api/v1/absences", self, "designer").expect(403);
    assertThat(server.get("/api/v1/absences", "agent").json()).hasSize(1);
    server.delete("/api/v1/absences/" + id, "agent").expect(204);
    server.delete("/api/v1/absences/" + id, "agent").expect(404);
    server.post("/api/v1/tasks/" + key(payer) + "/claim", "", "agent").expect(204);
  }

  @Test
  void aVisitOfAnAbsentOwnerIsTheDeputysOrTheGroups() {
    away("anna", 0, 2, "ben", 201);
    away("carl", 0, 2, null, 201);
    PayerFixture annas = aPayer(server).asKeyAccountOf("anna").owes(1, "9000.00", "EUR", 31);
    PayerFixture carls = aPayer(server).asKeyAccountOf("carl").owes(1, "9000.00", "EUR", 31);
    assertThat(annas.awaitTask("Task_VisitPayer").path("assignee").asString()).isEqualTo("ben");
    assertThat(carls.awaitTask("Task_VisitPayer").path("assignee").isNull()).isTrue();
  }

  @Test
  void viewsAreKeptByTheApiToo() {
    String view = "/api/v1/task-views/large%20calls";
    server.put(view, "{\"query\":\"who=all&queue=calls&min=5000\"}", "agent").expect(204);
    assertThat(server.get("/api/v1/task-views", "agent").expect(200).body())
        .contains("large calls", "who=all&queue=calls&min=5000");
    assertThat(server.get("/api/v1/task-views", "manager").body()).doesNotContain("large calls");
    server.put(view, "{\"query\":\"javascript:<script>\"}", "agent").expect(400);
    server.delete(view, "agent").expect(204);
    server.delete(view, "agent").expect(404);
  }

  /** Payers without an address are called; each call is given to that agent. */
  private List<PayerFixture> callsOf(String login, String... amounts) {
    move(login, "{\"which\":\"all\",\"to\":\"queue\"}", "manager", 200);
    List<PayerFixture> payers = new ArrayList<>();
    for (String amount : amounts) {
      payers.add(aPayerWithoutAddress(server).owes(1, amount, "EUR", 5));
    }
    for (PayerFixture payer : payers) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  payer.openTasks().size() == 1
                      && payer.openTasks().get(0).path("standing").isObject());
      server
          .post(
              "/api/v1/tasks/" + key(payer) + "/assign",
              "{\"login\":\"%s\"}".formatted(login),
              "manager")
          .expect(204);
    }
    return payers;
  }

  private JsonNode agent(String login) {
    return server
        .get("/api/v1/workload", "manager")
        .expect(200)
        .json()
        .path("agents")
        .valueStream()
        .filter(agent -> agent.path("login").asString().equals(login))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode move(String login, String body, String user, int status) {
    return server.post("/api/v1/workload/" + login + "/move", body, user).expect(status).json();
  }

  private Server.Answer assign(String login, String key, int status) {
    return server
        .post(
            "/api/v1/tasks/bulk",
            "{\"act\":\"assign\",\"login\":\"%s\",\"keys\":[%s]}".formatted(login, key),
            "manager")
        .expect(status);
  }

  private Server.Answer away(String login, int from, int to, String deputy, int status) {
    return server
        .post(
            "/api/v1/absences",
            "{\"login\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"deputy\":%s}"
                .formatted(
                    login, day(from), day(to), deputy == null ? "null" : "\"" + deputy + "\""),
            "manager")
        .expect(status);
  }

  private String day(int days) {
    return server
        .now()
        .atZone(java.time.ZoneId.of("Europe/Paris"))
        .toLocalDate()
        .plusDays(days)
        .toString();
  }

  private static String key(PayerFixture payer) {
    return payer.openTasks().get(0).path("key").asString();
  }

  private static String holder(PayerFixture payer) {
    JsonNode assignee = payer.openTasks().path(0).path("assignee");
    return assignee.isNull() ? "" : assignee.asString();
  }
}
