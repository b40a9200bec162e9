package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.relance.kernel.AdjustableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The pauses between the tries of jobs that failed. A job that pauses stays taken, for as long as
 * the pause and a little more, and is given back when the pause is over. If this application dies
 * meanwhile, the engine gives the job out again by itself when its time is over.
 *
 * <p>The engine has pauses of its own (a failed job's back-off), which are not used: it loses about
 * one in a hundred of those after a job's first (its issue 29735), and such a job waits until the
 * broker starts again.
 */
@Component
class JobPauses {

  private static final Logger log = LoggerFactory.getLogger(JobPauses.class);

  /** How long after the pause the engine would give the job out by itself. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** How long the engine is asked to leave the job to us. */
  private static final Duration ASKING_MAX = Duration.ofSeconds(20);

  private record Pause(long job, int retries, String why, Instant until) {}

  private final CamundaClient client;
  private final AdjustableClock clock;
  private final Map<Long, Pause> pauses = new ConcurrentHashMap<>();
  private final Set<Long> leaving = ConcurrentHashMap.newKeySet();

  JobPauses(CamundaClient client, AdjustableClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Gives the job back after the pause.
   *
   * @param retries what it has left then
   * @throws RuntimeException if the engine did not leave the job to us: it gives it out by itself
   */
  void begin(long job, int retries, Duration pause, String why) {
    EngineCommands.retrying(
        () -> client.newUpdateTimeoutCommand(job).timeout(pause.plus(MARGIN)).send(), ASKING_MAX);
    pauses.put(job, new Pause(job, retries, why, clock.instant().plus(pause)));
  }

  /** Whether all of these jobs pause, and none of them ends its pause before then. */
  boolean holdUntil(Instant then, Collection<Long> jobs) {
    return jobs.stream()
        .map(pauses::get)
        .allMatch(pause -> pause != null && !pause.until().isBefore(then));
  }

  int count() {
    return pauses.size();
  }

  /**
   * What moves the clock does so while nothing is given back: a job that was taken before the
   * engine's clock moved would have no time left after it.
   */
  synchronized void whileNoneEnds(Runnable move) {
    move.run();
  }

  @Scheduled(fixedDelay = 100)
  synchronized void end() {
    Instant now = clock.instant();
    for (Pause pause : pauses.values()) {
      if (pause.until().plus(MARGIN).isBefore(now)) {
        pauses.remove(pause.job(), pause); // the engine gave it out by itself
      } else if (!pause.until().isAfter(now) && leaving.add(pause.job())) {
        giveBack(pause);
      }
    }
  }

  private void giveBack(Pause pause) {
    client
        .newFailCommand(pause.job())
        .retries(pause.retries())
        .errorMessage(pause.why())
        .send()
        .whenComplete((done, failure) -> answered(pause, failure));
  }

  /** Only what was surely not done is tried again; all else the engine gives out by itself. */
  private void answered(Pause pause, Throwable failure) {
    if (failure == null || EngineCommands.read(failure) != EngineCommands.Answer.SLOWER) {
      pauses.remove(pause.job(), pause);
    }
    leaving.remove(pause.job());
    if (failure != null) {
      log.debug("Job {} could not be given back: {}", pause.job(), failure.getMessage());
    }
  }
}
