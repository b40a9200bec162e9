package io.relance.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import io.relance.support.WaitingModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("Cases that run when their model has a new version")
class RunningStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String STUDIO = "/api/v1/studio/running/";

  private final Server server = SharedServer.get();
  private final WaitingModel model = WaitingModel.unlikeOthers(server);

  @BeforeEach
  void twoVersionsOfAModel() {
    model.deploy("Task_Answer", "PT30H", "PT60H");
    model.deploy("Task_Answer", "PT2H", "PT1H");
  }

  @AfterEach
  void nobodyElseMeetsThem() {
    model.end();
  }

  @Test
  void moveAfterATrialAndKeepTheirTimersUntilADesignerBeginsThemAnew() {
    long waits = model.begin(1, "a");
    long alike = model.begin(1, "b");
    long pauses = model.begin(1, "c");
    model.answer("c");
    JsonNode plan = awaitPlan(1, 2, "kinds", 2);
    assertThat(plan.path("from").path("cases").asInt()).isEqualTo(3);
    assertThat(plan.path("stuck").asInt()).isZero();
    assertThat(row(plan, "Timer_Late").path("target").asString()).isEqualTo("Timer_Late");
    assertThat(row(plan, "Timer_Late").path("findings").toString()).contains("timer-kept");
    Instant late = due(waits, "Timer_Late");
    Instant pause = due(pauses, "Timer_Pause");

    long trial = begin("{\"from\":1,\"to\":2,\"trial\":true}");
    assertThat(awaitDone(trial).path("done").asInt()).isEqualTo(2);
    awaitVersion(2, List.of(waits, pauses));
    assertThat(version(alike)).isEqualTo(1);

    long all = begin("{\"from\":1,\"to\":2}");
    assertThat(awaitDone(all).path("done").asInt()).isEqualTo(1);
    assertThat(due(waits, "Timer_Late")).isEqualTo(late);
    assertThat(due(pauses, "Timer_Pause")).isEqualTo(pause);
    JsonNode kept = get("jobs/" + trial + "/timers");
    assertThat(kept.path("elements").findValuesAsString("elementId"))
        .containsExactlyInAnyOrder("Timer_Late", "Timer_Pause");
    assertThat(kept.path("elements").findValuesAsString("is"))
        .containsExactlyInAnyOrder("PT2H", "PT1H");

    long anew =
        id(
            server.post(
                STUDIO + "jobs/" + trial + "/timers",
                "{\"elements\":[\"Timer_Late\",\"Timer_Pause\"]}",
                "designer"));
    assertThat(awaitDone(anew).path("done").asInt()).isEqualTo(2);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(due(waits, "Timer_Late")).isBefore(late.minus(Duration.ofHours(20)));
              assertThat(due(pauses, "Timer_Pause")).isBefore(pause.minus(Duration.ofHours(40)));
            });
    assertThat(get("jobs/" + trial + "/timers").path("elements").isEmpty()).isTrue();
    server
        .post(STUDIO + "jobs/" + trial + "/timers", "{\"elements\":[\"Timer_Late\"]}", "designer")
        .expect(400);

    assertThat(get("jobs/" + all + "/timers").path("elements").findValuesAsString("elementId"))
        .containsExactly("Timer_Late");
    model.deploy("Task_Answer", "PT9H", "PT9H");
    awaitPlan(2, 3, "kinds", 2);
    long further = begin("{\"from\":2,\"to\":3}");
    assertThat(awaitDone(further).path("done").asInt()).isEqualTo(3);
    awaitVersion(3, List.of(waits, alike, pauses));
    assertThat(get("jobs/" + all + "/timers").path("elements").isEmpty())
        .as("who was moved on is not brought back to version 2")
        .isTrue();

    model.settle("a");
    await().atMost(SOON).until(() -> state(waits).equals("completed"));
    assertThat(server.get(STUDIO + "jobs/" + all + "/cases.csv", "designer").expect(200).body())
        .contains("" + alike, "done");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE subject = ? AND actor IN"
                    + " ('designer','system:cases')",
                "case job " + all))
        .isEqualTo(2);
  }

  @Test
  void areToldWhyTheyStayWhenTheirElementIsGone() {
    model.deploy("Task_Reply", "PT2H", "PT1H");
    long waits = model.begin(1, "a");
    long pauses = model.begin(1, "c");
    model.answer("c");
    JsonNode plan = awaitPlan(1, 3, "kinds", 2);
    JsonNode first = plan.path("rows").get(0);
    assertThat(first.path("elementId").asString()).isEqualTo("Task_Answer");
    assertThat(first.path("target").isNull()).isTrue();
    assertThat(first.path("cases").asInt()).isEqualTo(1);
    assertThat(first.path("findings").toString()).contains("gone");
    assertThat(first.path("suggestions").get(0).path("elementId").asString())
        .isEqualTo("Task_Reply");
    assertThat(first.path("suggestions").get(0).path("likely").asBoolean()).isTrue();
    assertThat(plan.path("stuck").asInt()).isEqualTo(1);

    long all = begin("{\"from\":1,\"to\":3}");
    JsonNode counts = awaitDone(all);
    assertThat(counts.path("done").asInt()).isEqualTo(1);
    assertThat(counts.path("refused").asInt()).isEqualTo(1);
    JsonNode reason = get("jobs/" + all).path("reasons").get(0);
    assertThat(reason.path("advice").asString()).isEqualTo("unmapped");
    assertThat(reason.path("said").asString())
        .startsWith("Expected to migrate process instance")
        .contains("no mapping instruction defined for active element with id 'Task_Answer'");
    awaitVersion(3, List.of(pauses));
    assertThat(version(waits)).isEqualTo(1);

    long again =
        begin(
            "{\"from\":1,\"to\":3,\"mapping\":{\"Task_Answer\":\"Task_Reply\",\"StartEvent_Settled\":\"StartEvent_Settled\"}}");
    assertThat(awaitDone(again).path("done").asInt()).isEqualTo(1);
    awaitVersion(3, List.of(waits));
    await()
        .atMost(SOON)
        .until(() -> due(waits, "Timer_Late").isBefore(server.now().plus(Duration.ofHours(3))));
  }

  @Test
  void areMovedOnWhenWhoMovedThemDiedAndOnlyByOneAtATime() {
    long one = model.begin(1, "a");
    long other = model.begin(1, "b");
    long third = model.begin(1, "c");
    awaitPlan(1, 2, "kinds", 1);
    await().atMost(SOON).until(() -> cases(1) == 3);
    long job = begin("{\"from\":1,\"to\":2,\"rate\":1}");
    server
        .post(STUDIO + model.id() + "/migrations", "{\"from\":1,\"to\":2}", "designer")
        .expect(409);
    server.post(STUDIO + "jobs/" + job + "/pause", "", "designer").expect(204);
    server.post(STUDIO + "jobs/" + job + "/pause", "", "designer").expect(409);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM case_job_row WHERE job_id = ? AND state = 'doing'",
                        job)
                    == 0);

    // it died after it had told the engine, and before it could write so down
    long told = third;
    try (CamundaClient engine = server.engineClient()) {
      engine
          .newMigrateProcessInstanceCommand(told)
          .migrationPlan(
              server
                  .database()
                  .queryForObject(
                      "SELECT process_key FROM engine_process WHERE bpmn_process_id = ? AND version"
                          + " = 2",
                      Long.class,
                      model.id()))
          .addMappingInstruction("Task_Answer", "Task_Answer")
          .addMappingInstruction("Timer_Late", "Timer_Late")
          .addMappingInstruction("StartEvent_Settled", "StartEvent_Settled")
          .send()
          .join();
    }
    server
        .database()
        .update(
            "UPDATE case_job_row SET state = 'doing' WHERE job_id = ? AND process_instance_key = ?"
                + " AND state = 'planned'",
            job,
            told);
    server.cancelProcess(other);
    server.put(STUDIO + "jobs/" + job + "/rate", "{\"rate\":0}", "designer").expect(400);
    server.put(STUDIO + "jobs/" + job + "/rate", "{\"rate\":20}", "designer").expect(204);
    server.post(STUDIO + "jobs/" + job + "/resume", "", "designer").expect(204);
    JsonNode counts = awaitDone(job);
    assertThat(counts.path("done").asInt() + counts.path("gone").asInt()).isEqualTo(3);
    assertThat(counts.path("refused").asInt()).isZero();
    awaitVersion(2, List.of(one, told));
  }

  @Test
  void areNotMovedByWordsThatMeanNothing() {
    model.begin(1, "a");
    await().atMost(SOON).until(() -> cases(1) == 1);
    refused("{\"from\":1,\"to\":1}", "choose two versions");
    refused("{\"from\":1}", "name two versions");
    refused("{\"from\":1,\"to\":9}", "has no version 9");
    refused("{\"from\":1,\"to\":2,\"mapping\":{}}", "mapping is empty");
    refused("{\"from\":1,\"to\":2,\"mapping\":{\"Task_No\":\"Task_Answer\"}}", "has no 'Task_No'");
    refused("{\"from\":1,\"to\":2,\"cases\":[12]}", "does not run on version 1");
    refused("{\"from\":1,\"to\":2,\"rate\":1000}", "can be 1 to 50");
    refused("{\"from\":2,\"to\":1}", "no case runs on version 2");
    refused("{\"from\":2,\"to\":1,\"trial\":true}", "no case is known to wait on version 2");
    assertThat(get(model.id() + "/plan?from=2&to=1").path("back").asBoolean()).isTrue();
    server.get(STUDIO + "no-such-model/plan?from=1&to=2", "designer").expect(400);
    server.get(STUDIO + "jobs/0", "designer").expect(404);
    server.get(STUDIO, "agent").expect(403);
  }

  @Test
  void thatStandStillAreToldByTheirCauseMendedAndTriedAgain() {
    long one = model.begin(2, "a");
    long other = model.begin(2, "b");
    model.answer("a");
    model.answer("b");
    await().atMost(SOON).until(() -> timers(one) == 1 && timers(other) == 1);
    server.advance("PT2H");
    await().atMost(SOON).until(() -> group() != null && group().path("incidents").asInt() == 2);
    JsonNode group = group();
    assertThat(group.path("cause").asString()).isEqualTo("condition");
    assertThat(group.path("elementId").asString()).isEqualTo("Gateway_MayGo");
    assertThat(group.path("missing").get(0).asString()).isEqualTo("mayGo");

    long incident = incidentOf(one);
    String variables = STUDIO + "incidents/" + incident + "/variables";
    assertThat(
            server
                .post(variables, "{\"name\":\"payerId\",\"value\":1}", "designer")
                .expect(400)
                .body())
        .contains("whose case this is");
    server.post(variables, "{\"name\":\"may go\",\"value\":1}", "designer").expect(400);
    server.post(variables, "{\"name\":\"mayGo\"}", "designer").expect(400);
    server.post(variables, "{\"name\":\"mayGo\",\"value\":true}", "designer").expect(204);
    server.post(STUDIO + "incidents/" + incident + "/retry", "{}", "designer").expect(204);
    await().atMost(SOON).until(() -> state(one).equals("completed"));
    server.post(STUDIO + "incidents/" + incident + "/retry", "{}", "designer").expect(409);

    String groups = STUDIO + "incidents/groups/" + group.path("id").asString() + "/retry";
    assertThat(awaitDone(id(server.post(groups, "{}", "designer"))).path("done").asInt())
        .isEqualTo(1);
    await().atMost(SOON).until(() -> incidentOf(other) != 0);
    assertThat(incidentOf(other)).as("nothing was mended there").isPositive();
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE subject = ? AND actor = 'designer'",
                "incident " + incident))
        .isEqualTo(2);
  }

  // ---- what is asked

  private JsonNode get(String path) {
    return server.get(STUDIO + path, "designer").expect(200).json();
  }

  private JsonNode awaitPlan(int from, int to, String field, int expected) {
    String path = model.id() + "/plan?from=" + from + "&to=" + to;
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () ->
                server.get(STUDIO + path, "designer").expect(200).json().path(field).asInt()
                    == expected);
    return get(path);
  }

  private static JsonNode row(JsonNode plan, String element) {
    for (JsonNode row : plan.path("rows")) {
      if (row.path("elementId").asString().equals(element)) {
        return row;
      }
    }
    throw new AssertionError(element + " is not in " + plan);
  }

  private long begin(String body) {
    return id(server.post(STUDIO + model.id() + "/migrations", body, "designer"));
  }

  private void refused(String body, String words) {
    assertThat(
            server
                .post(STUDIO + model.id() + "/migrations", body, "designer")
                .expect(400)
                .json()
                .path("detail")
                .asString())
        .contains(words);
  }

  private static long id(Server.Answer answer) {
    return answer.expect(201).json().path("id").asLong();
  }

  private JsonNode awaitDone(long job) {
    await()
        .atMost(SOON)
        .until(() -> get("jobs/" + job).path("job").path("state").asString().equals("done"));
    return get("jobs/" + job).path("cases");
  }

  private JsonNode group() {
    for (JsonNode group : get("incidents")) {
      if (group.path("processId").asString().equals(model.id())) {
        return group;
      }
    }
    return null;
  }

  // ---- what the read model says

  private void awaitVersion(int version, List<Long> cases) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(cases).allSatisfy(each -> assertThat(version(each)).isEqualTo(version)));
  }

  private long version(long key) {
    return server.count(
        "SELECT COALESCE(MAX(version), 0) FROM engine_instance WHERE process_instance_key = ?",
        key);
  }

  private long cases(int version) {
    return server.count(
        "SELECT COUNT(*) FROM engine_instance WHERE bpmn_process_id = ? AND version = ? AND state ="
            + " 'active'",
        model.id(),
        version);
  }

  private String state(long key) {
    return String.valueOf(
        server
            .database()
            .queryForObject(
                "SELECT MAX(state) FROM engine_instance WHERE process_instance_key = ?",
                String.class,
                key));
  }

  private long timers(long key) {
    return server.count(
        "SELECT COUNT(*) FROM engine_timer WHERE process_instance_key = ? AND element_id ="
            + " 'Timer_Pause'",
        key);
  }

  private Instant due(long key, String element) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                server
                    .database()
                    .queryForList(
                        "SELECT due_at FROM engine_timer WHERE process_instance_key = ? AND"
                            + " element_id = ?",
                        java.sql.Timestamp.class,
                        key,
                        element)
                    .stream()
                    .map(java.sql.Timestamp::toInstant)
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private long incidentOf(long key) {
    return server.count(
        "SELECT COALESCE(MAX(incident_key), 0) FROM engine_incident WHERE process_instance_key = ?"
            + " AND state = 'open'",
        key);
  }
}
