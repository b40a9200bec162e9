package io.relance.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.relance.support.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/** The parts die, one after the other, and every case goes on where it was. */
@DisabledIfSystemProperty(
    named = "relance.test.containers",
    matches = "true",
    disabledReason = "it kills the embedded parts, which the container lane does not have")
class FaultsTest {

  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.fresh("faults", Map.of("relance.clock.start", "2026-03-03T09:00:00Z"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aBrokerThatDiesIsReportedRestartedAndGoesOn() {
    owes("B", 20);
    killTheBroker();
    owes("BL", 20); // while it is away: queued, not lost
    awaitUp();
    allCollectedOnce("B%", 40);
  }

  /**
   * Who took a job and died with it: the engine gives it out again after the job's time, on a clock
   * that was set back as well, and after the engine itself has died.
   */
  @Test
  void aJobThatIsNeverAnsweredIsGivenOutAgain() {
    try (CamundaClient engine = server.engineClient()) {
      engine
          .newDeployResourceCommand()
          .addProcessModel(
              Bpmn.createExecutableProcess("orphan")
                  .startEvent()
                  .serviceTask("work", task -> task.zeebeJobType("test.orphan"))
                  .endEvent()
                  .done(),
              "orphan.bpmn")
          .send()
          .join();
      engine.newCreateInstanceCommand().bpmnProcessId("orphan").latestVersion().send().join();
      long job = takeOrphan(engine);
      assertThat(takeOrphan(engine)).isEqualTo(job);
      killTheBroker();
      awaitUp();
      assertThat(takeOrphan(engine)).isEqualTo(job);
      engine.newCompleteCommand(job).send().join();
    }
  }

  /** A timer that is due and does not come, as the engine may forget one: it is told to look. */
  @Test
  void anEngineThatForgetsATimerIsTold() throws IOException {
    server
        .database()
        .update(
            "INSERT INTO engine_timer (timer_key, process_instance_key, element_instance_key, element_id, due_at) VALUES (1,1,1,'Forgotten',?)",
            java.sql.Timestamp.from(server.now().minus(Duration.ofMinutes(1))));
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> Files.readString(server.log()).contains("reminding it"));
    } finally {
      server.database().update("DELETE FROM engine_timer WHERE timer_key = 1");
    }
    owes("F", 5);
    allCollectedOnce("F%", 5);
  }

  /** Takes the job for a second; waits until it is there. */
  private static long takeOrphan(CamundaClient engine) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .until(
            () ->
                engine
                    .newActivateJobsCommand()
                    .jobType("test.orphan")
                    .maxJobsToActivate(1)
                    .timeout(Duration.ofSeconds(1))
                    .send()
                    .join()
                    .getJobs(),
            jobs -> !jobs.isEmpty())
        .getFirst()
        .getKey();
  }

  @Test
  void aDatabaseThatDiesIsReportedRestartedAndNoJobBecomesAnIncident() {
    owes("D", 60);
    long before = restartsOfTheDatabase();
    kill("mariadbd");
    // down for half a second only, and nobody can log in meanwhile: what stays is told
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> restartsOfTheDatabase() == before + 1);
    awaitUp();
    allCollectedOnce("D%", 60);
    assertThat(server.get("/api/v1/incidents").json()).isEmpty();
  }

  @Test
  void anApplicationThatIsKilledFindsItsChildrenAndGoesOn() {
    owes("A", 60);
    server.kill();
    assertThat(server.children("mariadbd")).as("the database is left behind").isNotEmpty();
    List<Long> left = server.children("").stream().map(ProcessHandle::pid).toList();
    server.start();
    assertThat(left)
        .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    allCollectedOnce("A%", 60);
  }

  @Test
  void stoppingStopsTheChildrenAndATakenPortIsNamedWithItsProperty() throws Exception {
    server.stop();
    assertThat(server.children("")).isEmpty();
    int grpc = Integer.parseInt(server.setting("relance.engine.ports.grpc"));
    try (ServerSocket taken = new ServerSocket(grpc, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      long before = Files.size(server.log());
      server.launch();
      await().atMost(Duration.ofMinutes(1)).until(() -> !server.isAlive());
      assertThat(Files.readString(server.log()).substring((int) before))
          .contains(
              "Port " + grpc + ", which the engine (gRPC) needs, is taken",
              "relance.engine.ports.grpc");
      assertThat(server.children("mariadbd")).isEmpty();
    }
    server.start();
  }

  @Test
  void aSecondApplicationOnTheSameHomeIsRefused() throws IOException {
    Server second = new Server("faults", Map.of());
    second.launch();
    await().atMost(Duration.ofMinutes(1)).until(() -> !second.isAlive());
    assertThat(Files.readString(second.log())).contains("Another Relance is running on");
    assertThat(server.health().path("status").asString()).isEqualTo("UP");
  }

  private static boolean isDown(String component) {
    // nobody can log in while the database is away; the state of the parts is for everyone to see
    JsonNode health = server.get("/actuator/health", null).json();
    return health.path("components").path(component).path("status").asString().equals("DOWN");
  }

  /** As the health endpoint reports it to who may see details. */
  private static long restartsOfTheDatabase() {
    JsonNode details = server.health().path("components").path("childProcesses").path("details");
    Matcher restarts = Pattern.compile("database[^}]*?(\\d+) restarts").matcher(details.toString());
    assertThat(restarts.find()).as(details.toString()).isTrue();
    return Long.parseLong(restarts.group(1));
  }

  private static void killTheBroker() {
    kill("StandaloneBroker");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> isDown("childProcesses") || isDown("engine"));
  }

  private static void awaitUp() {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> server.health().path("status").asString().equals("UP"));
  }

  private static void kill(String program) {
    List<ProcessHandle> found = server.children(program);
    assertThat(found).isNotEmpty();
    found.forEach(ProcessHandle::destroyForcibly);
  }

  private static void owes(String prefix, int count) {
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,email,invoice_number,issue_date,due_date,amount,currency\n");
    for (int i = 0; i < count; i++) {
      csv.append(
          "%1$s%2$d,Payer %1$s%2$d,%1$s%2$d@payers.example,%1$s-%2$d,2026-01-27,2026-02-26,10.00,EUR\n"
              .formatted(prefix, i));
    }
    server.importLedger(csv.toString().getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
    server.post("/api/v1/collections/start", "").expect(200);
  }

  /** For whoever reads that something did not arrive: where it is. */
  private static String whereThingsAre() {
    return Stream.of(
            "SELECT state, COUNT(*) FROM collection_case GROUP BY state",
            "SELECT state, COUNT(*) FROM notice_request GROUP BY state",
            "SELECT state, COUNT(*) FROM notice GROUP BY state",
            "SELECT type, state, retries, COUNT(*), MAX(error_message), MAX(updated_at) FROM engine_job GROUP BY type, state, retries",
            "SELECT element_id, COUNT(*), MIN(due_at) FROM engine_timer GROUP BY element_id",
            "SELECT message_name, COUNT(*), MIN(leased_until) FROM engine_outbox GROUP BY message_name",
            "SELECT element_id, message FROM engine_incident WHERE state = 'active'")
        .map(sql -> sql + ": " + server.database().queryForList(sql))
        .collect(
            Collectors.joining("\n", "clock " + server.get("/api/v1/clock").body() + "\n", "\n"));
  }

  /** Each invoice has one case and one process, and each payer got one mail of one Message-ID. */
  private static void allCollectedOnce(String numbers, int count) {
    // a send that was under way comes again after the three minutes that the engine waits for it
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () ->
                assertThat(
                        server.count(
                            "SELECT COUNT(*) FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number LIKE ? AND n.state = 'sent'",
                            numbers))
                    .as(FaultsTest::whereThingsAre)
                    .isEqualTo(count));
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM collection_case c JOIN invoice i ON i.id = c.invoice_id JOIN engine_instance e ON"
                    + " e.process_instance_key = c.process_instance_key WHERE i.number LIKE ? AND e.state = 'active'",
                numbers))
        .isEqualTo(count);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM collection_case c JOIN invoice i ON i.id = c.invoice_id WHERE i.number LIKE ?",
                numbers))
        .isEqualTo(count);
    String prefix = numbers.substring(0, 1).toLowerCase(java.util.Locale.ROOT);
    assertThat(
            MailFolder.recipients(server).stream()
                .filter(r -> r.toLowerCase(java.util.Locale.ROOT).startsWith(prefix))
                .toList())
        .hasSize(count)
        .doesNotHaveDuplicates();
  }
}
