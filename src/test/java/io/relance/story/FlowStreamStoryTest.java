package io.relance.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Events of the engine that are missing, come again, or come late are noticed and told, and old
 * ones are deleted without a figure getting lost. The events are those of a partition that the
 * broker of the stories does not have.
 */
class FlowStreamStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int PARTITION = 88;
  private static final int ASIDE = 87;
  private static final long MODEL = 8_800_001;
  private static final long INSTANCE = 8_800_100;
  private static final String REBUILD = "/api/v1/processes/figures/rebuild";

  private final Server server = SharedServer.get();
  private Instant now = Instant.EPOCH;
  private long position;
  private int writeTo = PARTITION;

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
    clean();
    now = server.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
    server
        .database()
        .update(
            "INSERT INTO engine_process (process_key, bpmn_process_id, version, resource_name, xml, deployed_at)"
                + " VALUES (?, 'fed-model', 1, 'fed.bpmn', '<a/>', ?)",
            MODEL,
            Timestamp.from(now));
    server
        .database()
        .update(
            "INSERT INTO engine_position (partition_id, position, updated_at) VALUES (?, 0, ?)",
            PARTITION,
            Timestamp.from(now));
  }

  @AfterEach
  void clean() {
    var jdbc = server.database();
    jdbc.update("DELETE FROM engine_position WHERE partition_id = ?", PARTITION);
    jdbc.update("DELETE FROM engine_element_event WHERE partition_id = ?", PARTITION);
    jdbc.update("DELETE FROM engine_process WHERE process_key = ?", MODEL);
    jdbc.update(
        "DELETE FROM flow_progress WHERE stream IN ('events-88','events-89','pruned','counted-from')");
    jdbc.update("DELETE FROM flow_gap WHERE partition_id = ?", PARTITION);
    jdbc.update("DELETE FROM process_subject WHERE process_instance_key = ?", INSTANCE);
    jdbc.update("DELETE FROM flow_instance WHERE process_key = ?", MODEL);
    jdbc.update(
        "DELETE FROM flow_open WHERE process_instance_key >= ? AND process_instance_key < ?",
        INSTANCE,
        INSTANCE + 100);
    for (String table :
        List.of("flow_day", "flow_duration", "flow_repeat", "flow_pair", "flow_visit")) {
      jdbc.update(
          "DELETE d FROM "
              + table
              + " d JOIN flow_element e ON e.id = d.element WHERE e.process_key = ?",
          MODEL);
    }
  }

  @Test
  void missingEventsAreToldOnThePagesAndByTheApi() {
    process(1, "activated", now);
    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    task(6, "Task_B", 2, "activated", now.plusSeconds(600));
    await().atMost(SOON).until(() -> gaps().size() == 1);
    JsonNode gap = gaps().getFirst();
    assertThat(gap.path("missing").asLong()).isEqualTo(3);
    assertThat(gap.path("from").asString()).isEqualTo(now.plusSeconds(10).toString());
    assertThat(gap.path("until").asString()).isEqualTo(now.plusSeconds(600).toString());
  }

  /** The warning becomes a note with a name, until something new is known of it. */
  @Test
  void whoeverHasSeenThatEventsAreMissingIsNamedUntilSomeOfThemCome() {
    process(1, "activated", now);
    task(4, "Task_B", 2, "activated", now.plusSeconds(30));
    await().atMost(SOON).until(() -> gaps().size() == 1);
    assertThat(gaps().getFirst().path("seenBy").isNull()).isTrue();
    String place = "/api/v1/processes/stream/gaps/" + PARTITION + "/";
    server.post(place + "1/seen", "", "agent").expect(403);
    server.post(place + "1/seen", "", "designer").expect(403);
    server.post(place + "3/seen", "", "manager").expect(404);
    server.post(place + "1/seen", "", "manager").expect(204);
    server.post(place + "1/seen", "", "admin").expect(204);
    assertThat(gaps().getFirst().path("seenBy").asString()).isEqualTo("manager");
    assertThat(gaps().getFirst().path("seenAt").asString()).isNotEmpty();
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE actor = 'manager' AND action = 'see-missing-events'"
                    + " AND subject = ?",
                "partition " + PARTITION))
        .isPositive();

    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    await().atMost(SOON).until(() -> gaps().getFirst().path("late").asLong() == 1);
    assertThat(gaps().getFirst().path("seenBy").isNull()).isTrue();
  }

  @Test
  void whatComesAgainCountsOnce() {
    process(1, "activated", now);
    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    task(3, "Task_A", 1, "completed", now.plusSeconds(20));
    await().atMost(SOON).until(() -> figure("completed", "Task_A") == 1);
    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    task(3, "Task_A", 1, "completed", now.plusSeconds(20));
    task(4, "Task_B", 2, "activated", now.plusSeconds(30));
    await().atMost(SOON).until(() -> figure("entered", "Task_B") == 1);
    assertThat(figure("entered", "Task_A")).isEqualTo(1);
    assertThat(figure("completed", "Task_A")).isEqualTo(1);
    assertThat(gaps()).allSatisfy(gap -> assertThat(gap.path("missing").asLong()).isZero());
    assertThat(gaps().stream().mapToLong(gap -> gap.path("repeated").asLong()).sum()).isEqualTo(2);
  }

  @Test
  void whatStandsOutOfOrderIsCountedInOrder() {
    writeTo = ASIDE;
    task(3, "Task_A", 1, "completed", now.plusSeconds(20));
    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    process(1, "activated", now);
    show();
    await().atMost(SOON).until(() -> figure("completed", "Task_A") == 1);
    assertThat(figure("entered", "Task_A")).isEqualTo(1);
    assertThat(gaps()).isEmpty();
  }

  @Test
  void whatIsToldAsCountedIsCountedInEachPartition() {
    process(1, "activated", now);
    await().atMost(SOON).until(() -> figure("entered", "fed-model") == 1);
    task(2, "Task_A", 1, "activated", now.plus(Duration.ofDays(1))); // not yet
    assertThat(
            server
                .get("/api/v1/processes/fed-model/versions/1/flow", "manager")
                .expect(200)
                .json()
                .path("countedUpTo")
                .asString())
        .as("though another partition is further")
        .isEqualTo(now.toString());
  }

  /** When many begin at once, a process tells of its payer long after its first steps. */
  @Test
  void firstStepsCountForWhomTheyAreAbout() {
    PayerFixture payer = PayerFixture.aPayer(server).inSegment("late-" + now.getEpochSecond());
    payer.owes(1, "10.00", "EUR", -30);
    process(1, "activated", now);
    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    task(3, "Task_A", 1, "completed", now.plusSeconds(20));
    task(4, "Task_B", 2, "activated", now.plusSeconds(30));
    await().atMost(SOON).until(() -> figure("entered", "Task_B") == 1);
    assertThat(theirs("entered", "Task_A")).isZero();
    server
        .database()
        .update(
            "INSERT INTO process_subject (process_instance_key, payer_id) SELECT ?, id FROM payer WHERE number = ?",
            INSTANCE,
            payer.number());
    task(5, "Task_B", 2, "completed", now.plusSeconds(40));
    await().atMost(SOON).until(() -> theirs("completed", "Task_B") == 1);
    for (String element : List.of("Task_A", "Task_B")) {
      assertThat(theirs("entered", element)).as(element).isEqualTo(1);
      assertThat(theirs("completed", element)).isEqualTo(1);
      assertThat(figure("entered", element)).as("and for nobody else").isEqualTo(1);
    }
    assertThat(theirs("entered", "fed-model")).isEqualTo(1);
  }

  private long theirs(String column, String element) {
    return server.count(
        "SELECT COALESCE(SUM(d."
            + column
            + "), 0) FROM flow_day d JOIN flow_element e ON e.id = d.element JOIN flow_slice s ON s.id = d.slice"
            + " WHERE e.process_key = ? AND e.element_id = ? AND s.segment = ?",
        MODEL,
        element,
        "late-" + now.getEpochSecond());
  }

  @Test
  void whatComesTooLateIsToldAndCountingAnewCountsIt() {
    process(1, "activated", now);
    task(4, "Task_B", 2, "activated", now.plusSeconds(30));
    await().atMost(SOON).until(() -> gaps().size() == 1);
    task(2, "Task_A", 1, "activated", now.plusSeconds(10));
    task(3, "Task_A", 1, "completed", now.plusSeconds(20));
    await().atMost(SOON).until(() -> gaps().getFirst().path("late").asLong() == 2);
    assertThat(figure("entered", "Task_A")).isZero();
    server.post(REBUILD, "", "manager").expect(202);
    await().atMost(Duration.ofSeconds(120)).until(() -> figure("completed", "Task_A") == 1);
    await().atMost(SOON).until(() -> gaps().isEmpty());
  }

  @Test
  void eventsOfOldProcessesAreDeletedAndTheirFiguresStay() {
    aPartitionThatHasBeenSilent();
    Instant old = justKept();
    process(1, "activated", old);
    task(2, "Task_A", 1, "activated", old.plusSeconds(10));
    task(3, "Task_A", 1, "completed", old.plusSeconds(20));
    process(4, "completed", old.plusSeconds(30));
    long young = INSTANCE + 50;
    add(5, young, young, "fed-model", "PROCESS", "activated", now);
    add(6, young, young + 1, "Task_A", "SERVICE_TASK", "activated", now.plusSeconds(10));
    await().atMost(SOON).until(() -> figure("entered", "Task_A") == 2);
    await().atMost(SOON).until(() -> raw() == 2);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM flow_instance WHERE process_key = ? AND took IS NOT NULL",
                MODEL))
        .as("the way that it went is kept")
        .isEqualTo(1);

    JsonNode rebuilt = server.post(REBUILD, "", "manager").expect(202).json();
    String from = rebuilt.path("from").asString();
    assertThat(from).isGreaterThan(old.toString().substring(0, 10)).isLessThan(now.toString());
    assertThat(rebuilt.path("text").asString()).contains(from);
    await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(
            () -> {
              assertThat(figure("entered", "Task_A")).isEqualTo(2);
              assertThat(figure("completed", "Task_A")).isEqualTo(1);
              assertThat(
                      server.count(
                          "SELECT COUNT(*) FROM flow_instance WHERE process_key = ?", MODEL))
                  .isEqualTo(2);
            });
    assertThat(gaps()).as("what was deleted on purpose is no gap").isEmpty();
  }

  /** All of it is counted, so it holds nothing up. */
  private void aPartitionThatHasBeenSilent() {
    server
        .database()
        .update("INSERT INTO flow_progress (stream, position) VALUES ('events-89', 0)");
  }

  /**
   * Instances are deleted in the order of their ends: one that ended before others that are gone
   * already, of another story, would stay.
   */
  private Instant justKept() {
    return server.now().truncatedTo(ChronoUnit.SECONDS).minus(SharedServer.KEPT).minusSeconds(20);
  }

  private List<JsonNode> gaps() {
    JsonNode all =
        server.get("/api/v1/processes/stream", "manager").expect(200).json().path("gaps");
    return all.valueStream().filter(gap -> gap.path("partition").asInt() == PARTITION).toList();
  }

  private long figure(String column, String element) {
    return server.count(
        "SELECT COALESCE(SUM(d."
            + column
            + "), 0) FROM flow_day d JOIN flow_element e ON e.id = d.element WHERE e.process_key = ? AND e.element_id = ?",
        MODEL,
        element);
  }

  private long raw() {
    return server.count(
        "SELECT COUNT(*) FROM engine_element_event WHERE partition_id = ?", PARTITION);
  }

  private void process(long serial, String change, Instant at) {
    add(serial, INSTANCE, INSTANCE, "fed-model", "PROCESS", change, at);
  }

  private void task(long serial, String element, int token, String change, Instant at) {
    add(serial, INSTANCE, INSTANCE + token, element, "SERVICE_TASK", change, at);
  }

  /** What stands out of order is written at once, so that it is read at once. */
  private void show() {
    server
        .database()
        .update(
            "UPDATE engine_element_event SET partition_id = ? WHERE partition_id = ?",
            PARTITION,
            ASIDE);
  }

  private void add(
      long serial,
      long instance,
      long token,
      String element,
      String type,
      String change,
      Instant at) {
    server
        .database()
        .update(
            "INSERT INTO engine_element_event (partition_id, position, process_instance_key, element_instance_key, process_key,"
                + " element_id, element_type, intent, at, serial) VALUES (?,?,?,?,?,?,?,?,?,?)",
            writeTo,
            ++position,
            instance,
            token,
            MODEL,
            element,
            type,
            change,
            Timestamp.from(at),
            serial);
  }
}
