package io.relance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.relance.kernel.AdjustableClock;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs that fail, on the real engine: each comes again after its pause, however often. */
class JobPausesTest {

  private static final int TRIES = 6;
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private static CamundaClient engine;

  @BeforeAll
  static void connect() {
    engine = SharedServer.get().engineClient();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /**
   * With the engine's own back-off about one in twenty stays away until the broker is restarted.
   */
  @Test
  void threeHundredJobsThatFailFiveTimesAreAllDone() {
    String type = deploy("pauses-many");
    JobPauses pauses = new JobPauses(engine, new AdjustableClock(InstantSource.system()));
    Map<Long, Integer> tries = new ConcurrentHashMap<>();
    Set<Long> done = ConcurrentHashMap.newKeySet();
    try (ScheduledExecutorService ticks = new ScheduledThreadPoolExecutor(1);
        JobWorker worker =
            engine
                .newWorker()
                .jobType(type)
                .handler(
                    (jobs, job) -> {
                      if (tries.merge(job.getKey(), 1, Integer::sum) < TRIES) {
                        pauses.begin(job, 5, Duration.ofMillis(150), "not now");
                      } else {
                        jobs.newCompleteCommand(job.getKey()).send().join();
                        done.add(job.getKey());
                      }
                    })
                .timeout(Duration.ofMinutes(10))
                .streamEnabled(true)
                .open()) {
      ticks.scheduleWithFixedDelay(pauses::end, 0, 50, TimeUnit.MILLISECONDS);
      List<Long> instances = IntStream.range(0, 300).mapToObj(i -> start(type)).toList();
      await().atMost(Duration.ofMinutes(2)).until(() -> done.size() == instances.size());
      assertThat(worker.isOpen()).isTrue();
      ticks.shutdownNow();
    }
    assertThat(tries).hasSize(300).allSatisfy((job, n) -> assertThat(n).isEqualTo(TRIES));
    assertThat(pauses.count()).isZero();
  }

  /** The application died with it: nobody gives it back, so the engine does. */
  @Test
  void aPauseThatNobodyEndsIsEndedByTheEngine() {
    String type = deploy("pauses-orphan");
    start(type);
    ActivatedJob job = take(type);
    new JobPauses(engine, new AdjustableClock(InstantSource.system()))
        .begin(job, 2, Duration.ofSeconds(1), "not now");
    ActivatedJob again = take(type);
    assertThat(again.getKey()).isEqualTo(job.getKey());
    assertThat(again.getRetries()).as("the try counts").isEqualTo(2);
    engine.newCompleteCommand(again.getKey()).send().join();
  }

  @Test
  void whatIsGivenBackHasTheRetriesThatAreLeft() {
    String type = deploy("pauses-retries");
    start(type);
    var clock = new AdjustableClock(() -> NOW);
    var pauses = new JobPauses(engine, clock);
    ActivatedJob job = take(type);
    pauses.begin(job, 2, Duration.ofMinutes(2), "not now");
    assertThat(pauses.holdUntil(NOW.plusSeconds(120), List.of(job.getKey()))).isTrue();
    assertThat(pauses.holdUntil(NOW.plusSeconds(121), List.of(job.getKey()))).isFalse();
    assertThat(pauses.holdUntil(NOW, List.of(job.getKey(), 1L))).isFalse();
    pauses.end();
    assertThat(pauses.count()).isEqualTo(1);
    clock.moveTo(NOW.plusSeconds(120));
    pauses.end();
    await().until(() -> pauses.count() == 0);
    assertThat(take(type).getRetries()).isEqualTo(2);
    engine.newCompleteCommand(job.getKey()).send().join();
  }

  /** Long after the pause the engine gave it out already: it may be in another's hands. */
  @Test
  void whatIsLateIsLeftToTheEngine() {
    String type = deploy("pauses-late");
    start(type);
    var clock = new AdjustableClock(() -> NOW);
    var pauses = new JobPauses(engine, clock);
    ActivatedJob job = take(type);
    pauses.begin(job, 2, Duration.ofSeconds(1), "not now");
    clock.moveTo(NOW.plusSeconds(12));
    pauses.end();
    assertThat(pauses.count()).isZero();
    assertThat(take(type).getKey()).isEqualTo(job.getKey());
    engine.newCompleteCommand(job.getKey()).send().join();
  }

  /** The engine's clock moves with it, and would give the job out as one that nobody answered. */
  @Test
  void aPauseThatTheClocksMoveOverEndsAfterIt() {
    String type = deploy("pauses-moved");
    String other = deploy("pauses-not-moved");
    start(type);
    start(other);
    var clock = new AdjustableClock(() -> NOW);
    var pauses = new JobPauses(engine, clock);
    ActivatedJob job = take(type);
    pauses.begin(job, 2, Duration.ofSeconds(1), "not now");
    new JobPauses(engine, clock).begin(take(other), 2, Duration.ofSeconds(1), "not now");
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    pauses.whileNoneEnds(tomorrow, () -> clock.moveTo(tomorrow));

    engine.newCompleteCommand(take(other).getKey()).send().join();
    assertThat(activated(type)).as("though the engine's time for the other was over").isEmpty();
    pauses.end();
    await().until(() -> pauses.count() == 0);
    assertThat(take(type).getRetries()).isEqualTo(2);
    engine.newCompleteCommand(job.getKey()).send().join();
  }

  @Test
  void whoeverStopsGivesAllBackBeforeTheirTime() {
    String type = deploy("pauses-stop");
    start(type);
    var pauses = new JobPauses(engine, new AdjustableClock(InstantSource.system()));
    ActivatedJob job = take(type);
    pauses.begin(job, 2, Duration.ofMinutes(2), "not now");
    pauses.endAll();
    assertThat(pauses.count()).isZero();
    assertThat(activated(type)).extracting(ActivatedJob::getRetries).containsExactly(2);
    engine.newCompleteCommand(job.getKey()).send().join();
  }

  @Test
  void aJobThatIsGoneDoesNotPause() {
    String type = deploy("pauses-gone");
    start(type);
    ActivatedJob job = take(type);
    engine.newCompleteCommand(job.getKey()).send().join();
    var pauses = new JobPauses(engine, new AdjustableClock(InstantSource.system()));
    assertThatThrownBy(() -> pauses.begin(job, 2, Duration.ofSeconds(1), "not now"))
        .isInstanceOf(EngineCommands.TooLate.class);
    assertThat(pauses.count()).isZero();
  }

  private static String deploy(String id) {
    String type = "test." + id;
    engine
        .newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("work", task -> task.zeebeJobType(type))
                .endEvent()
                .done(),
            id + ".bpmn")
        .send()
        .join();
    return type;
  }

  private static long start(String type) {
    return engine
        .newCreateInstanceCommand()
        .bpmnProcessId(type.substring("test.".length()))
        .latestVersion()
        .send()
        .join()
        .getProcessInstanceKey();
  }

  private static ActivatedJob take(String type) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> activated(type), jobs -> !jobs.isEmpty())
        .getFirst();
  }

  private static List<ActivatedJob> activated(String type) {
    return engine
        .newActivateJobsCommand()
        .jobType(type)
        .maxJobsToActivate(1)
        .timeout(Duration.ofMinutes(5))
        .requestTimeout(Duration.ofSeconds(2))
        .send()
        .join()
        .getJobs();
  }
}
