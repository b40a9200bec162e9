package io.relance.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobWorker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Opens a streaming worker for each {@link Worker} and turns what it does into commands: completed,
 * BPMN error, or failed: given back after a pause, for good when no retry is left. A database that
 * is away is nobody's fault: such a job is put back with its retries as they were, so that a short
 * outage makes no incident.
 */
@Component
class WorkerRuntime {

  private static final Logger log = LoggerFactory.getLogger(WorkerRuntime.class);
  private static final Duration OUTAGE_BACKOFF = Duration.ofSeconds(5);
  private static final Duration NOT_YET_BACKOFF = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofHours(1);

  /** What the models set as retries; the back-off grows with each one used. */
  static final int RETRIES = 5;

  private final CamundaClient client;
  private final List<Worker<?, ?>> workers;
  private final EngineSettings settings;
  private final CurrentVariables variables;
  private final JobPauses pauses;
  private final MeterRegistry metrics;
  private final List<JobWorker> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong lastHandledNanos = new AtomicLong(System.nanoTime());

  WorkerRuntime(
      CamundaClient client,
      List<Worker<?, ?>> workers,
      EngineSettings settings,
      CurrentVariables variables,
      JobPauses pauses,
      MeterRegistry metrics) {
    this.client = client;
    this.workers = workers;
    this.settings = settings;
    this.variables = variables;
    this.pauses = pauses;
    this.metrics = metrics;
    metrics.gauge("relance.worker.running", running);
  }

  void open() {
    workers.forEach(worker -> open.add(open(worker)));
  }

  private <I extends Record> JobWorker open(Worker<I, ?> worker) {
    List<String> variables =
        Arrays.stream(worker.input().getRecordComponents()).map(RecordComponent::getName).toList();
    return client
        .newWorker()
        .jobType(worker.type())
        .handler((jobs, job) -> handle(worker, jobs, job))
        .name("relance")
        .timeout(worker.timeout(settings.jobTimeout()))
        .maxJobsActive(
            worker.waitsForOthers()
                ? Math.max(1, settings.workerThreads() / 2)
                : settings.jobsActiveMax())
        .fetchVariables(variables)
        .streamEnabled(true)
        .pollInterval(Duration.ofMillis(300))
        .open();
  }

  /**
   * Stops taking jobs, then waits until those at hand are acknowledged, and gives back those that
   * pause; what is left over the engine delivers again.
   */
  void close(Duration max) {
    open.forEach(JobWorker::close);
    long deadline = System.nanoTime() + max.toNanos();
    while ((running.get() > 0 || open.stream().anyMatch(w -> !w.isClosed()))
        && System.nanoTime() < deadline) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    open.clear();
    pauses.endAll();
  }

  /** Jobs that are being handled or acknowledged now. */
  int running() {
    return running.get();
  }

  /** How long ago a job was last handled. */
  Duration idleFor() {
    return Duration.ofNanos(System.nanoTime() - lastHandledNanos.get());
  }

  private <I extends Record> void handle(
      Worker<I, ?> worker, JobClient jobs, ActivatedJob activated) {
    running.incrementAndGet();
    MDC.put("process", String.valueOf(activated.getProcessInstanceKey()));
    MDC.put("job", worker.type());
    Object invoice = activated.getVariablesAsMap().get("invoiceId");
    MDC.put("invoice", invoice == null ? "" : String.valueOf(invoice));
    Timer.Sample sample = Timer.start(metrics);
    String outcome = "completed";
    try {
      CurrentVariables.Read<I> read = variables.of(activated, worker.input());
      Object output = worker.handle(read.input(), jobOf(activated, read.ofFormerPayer()));
      var command = jobs.newCompleteCommand(activated.getKey());
      acknowledge(activated, () -> (output == null ? command : command.variables(output)).send());
    } catch (BpmnError error) {
      outcome = "bpmn-error";
      acknowledge(
          activated,
          () ->
              jobs.newThrowErrorCommand(activated.getKey())
                  .errorCode(error.code())
                  .errorMessage(String.valueOf(error.getMessage()))
                  .send());
    } catch (Exception failure) {
      outcome = "failed";
      fail(worker, jobs, activated, failure);
    } finally {
      sample.stop(metrics.timer("relance.worker.jobs", "type", worker.type(), "outcome", outcome));
      lastHandledNanos.set(System.nanoTime());
      MDC.clear();
      running.decrementAndGet();
    }
  }

  private static Job jobOf(ActivatedJob job, boolean ofFormerPayer) {
    return new Job(
        job.getKey(),
        job.getProcessInstanceKey(),
        job.getElementInstanceKey(),
        job.getElementId(),
        job.getCustomHeaders(),
        ofFormerPayer);
  }

  private void fail(Worker<?, ?> worker, JobClient jobs, ActivatedJob job, Exception failure) {
    boolean notYet = failure instanceof NotYet;
    boolean outage = Outages.isOutage(failure);
    int retries = outage || notYet ? Math.max(1, job.getRetries()) : job.getRetries() - 1;
    Duration backoff = notYet ? NOT_YET_BACKOFF : outage ? OUTAGE_BACKOFF : backoff(retries);
    if (notYet) {
      log.info("{} comes again: {}", worker.type(), failure.getMessage());
    } else if (outage) {
      log.warn("{} waits for the database: {}", worker.type(), failure.getMessage());
    } else if (retries > 0) {
      log.warn(
          "{} failed, {} retries left, next in {}: {}",
          worker.type(),
          retries,
          backoff,
          failure.toString());
    } else {
      log.error("{} failed for good; an incident waits for a person", worker.type(), failure);
    }
    String why = messageOf(failure);
    if (retries > 0) {
      answer(job, () -> pauses.begin(job, retries, backoff, why));
    } else {
      acknowledge(job, () -> jobs.newFailCommand(job.getKey()).retries(0).errorMessage(why).send());
    }
  }

  /** How long a failed job pauses before the next of so many tries. */
  private Duration backoff(int retriesLeft) {
    long factor = (long) Math.pow(3, Math.max(0, RETRIES - 1 - retriesLeft));
    Duration backoff = settings.retryBackoff().multipliedBy(factor);
    return backoff.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : backoff;
  }

  private static String messageOf(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return failure.getMessage() + (root == failure ? "" : " (" + root + ")");
  }

  /** Sends an answer until the engine took it. */
  private void acknowledge(ActivatedJob job, EngineCommands.Send send) {
    answer(job, () -> EngineCommands.retrying(send));
  }

  /** That the job is gone by now means that somebody else answered. */
  private void answer(ActivatedJob job, Runnable answer) {
    try {
      answer.run();
    } catch (EngineCommands.TooLate gone) {
      log.debug("Job {} is gone already: {}", job.getKey(), gone.getMessage());
    } catch (RuntimeException away) {
      log.warn(
          "Job {} could not be answered; the engine will deliver it again: {}",
          job.getKey(),
          away.getMessage());
    }
  }
}
