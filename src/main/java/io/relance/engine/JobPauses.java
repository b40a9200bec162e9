package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.relance.kernel.AdjustableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
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

  private static final Duration GIVING_BACK_MAX = Duration.ofSeconds(5);

  private record Pause(long job, int retries, String why, Instant until) {}

  private final CamundaClient client;
  private final AdjustableClock clock;
  private final Map<Long, Pause> pauses = new ConcurrentHashMap<>();
  private final Set<Long> leaving = ConcurrentHashMap.newKeySet();

  /** Written by who moves the clock; read by who reckons by it and by the engine's. */
  private final ReadWriteLock clocks = new ReentrantReadWriteLock();

  JobPauses(CamundaClient client, AdjustableClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Gives the job back after the pause. What it has left then is told to the engine at once, so
   * that a try counts even if this application dies meanwhile.
   *
   * @param retries what it has left
   * @throws RuntimeException if the engine did not leave the job to us: it gives it out by itself
   */
  void begin(ActivatedJob job, int retries, Duration pause, String why) {
    clocks.readLock().lock();
    try {
      Instant until = clock.instant().plus(pause);
      holdFor(job.getKey(), pause);
      if (retries != job.getRetries()) {
        EngineCommands.retrying(
            () -> client.newUpdateRetriesCommand(job.getKey()).retries(retries).send());
      }
      pauses.put(job.getKey(), new Pause(job.getKey(), retries, why, until));
    } finally {
      clocks.readLock().unlock();
    }
  }

  private void holdFor(long job, Duration pause) {
    EngineCommands.retrying(
        () -> client.newUpdateTimeoutCommand(job).timeout(pause.plus(MARGIN)).send());
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
   * Who moves the clocks does so while no pause begins or ends: a job that was taken before the
   * engine's clock moved would have no time left after it. Pauses that the clocks move over end
   * when they have moved.
   *
   * @param to the time after it
   */
  void whileNoneEnds(Instant to, Runnable move) {
    clocks.writeLock().lock();
    try {
      pauses.values().stream()
          .filter(pause -> pause.until().plus(MARGIN).isBefore(to))
          .forEach(pause -> stretch(pause, to));
      move.run();
    } finally {
      clocks.writeLock().unlock();
    }
  }

  private void stretch(Pause pause, Instant to) {
    try {
      holdFor(pause.job(), Duration.between(clock.instant(), to));
      pauses.replace(pause.job(), pause, new Pause(pause.job(), pause.retries(), pause.why(), to));
    } catch (RuntimeException gone) {
      log.debug("Job {} does not pause any more: {}", pause.job(), gone.getMessage());
    }
  }

  @Scheduled(fixedDelay = 100)
  void end() {
    clocks.readLock().lock();
    try {
      Instant now = clock.instant();
      for (Pause pause : pauses.values()) {
        if (pause.until().plus(MARGIN).isBefore(now)) {
          pauses.remove(pause.job(), pause); // the engine gave it out by itself
        } else if (!pause.until().isAfter(now)) {
          giveBack(pause);
        }
      }
    } finally {
      clocks.readLock().unlock();
    }
  }

  /**
   * Gives all of them back now, before their time: whoever goes would leave them to the engine's
   * time-out, of which it may lose the second one of a job.
   */
  void endAll() {
    CompletableFuture<?>[] answers =
        pauses.values().stream().map(this::giveBack).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(answers).get(GIVING_BACK_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException away) {
      log.debug("The engine gives some jobs out after their time: {}", away.getMessage());
    }
  }

  private CompletableFuture<?> giveBack(Pause pause) {
    if (!leaving.add(pause.job())) {
      return CompletableFuture.completedFuture(null);
    }
    if (pauses.get(pause.job()) != pause) { // it left while we looked at the others
      leaving.remove(pause.job());
      return CompletableFuture.completedFuture(null);
    }
    return client
        .newFailCommand(pause.job())
        .retries(pause.retries())
        .errorMessage(pause.why())
        .send()
        .toCompletableFuture()
        .whenComplete((done, failure) -> answered(pause, failure));
  }

  /** Only what was surely not done is tried again; all else the engine gives out by itself. */
  private void answered(Pause pause, @Nullable Throwable failure) {
    if (failure == null || EngineCommands.read(failure) != EngineCommands.Answer.SLOWER) {
      pauses.remove(pause.job(), pause);
    }
    leaving.remove(pause.job());
    if (failure != null) {
      log.debug("Job {} could not be given back: {}", pause.job(), failure.getMessage());
    }
  }
}
