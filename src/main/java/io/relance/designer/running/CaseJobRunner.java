package io.relance.designer.running;

import io.relance.access.Audit;
import io.relance.engine.EngineCases;
import io.relance.engine.EngineGate;
import io.relance.kernel.Actor;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Goes on with what is to be done to running cases, so many a second. It dies without harm: each
 * command is such that the engine takes it a second time, or says that it is done.
 */
@Component
class CaseJobRunner {

  private static final Logger log = LoggerFactory.getLogger(CaseJobRunner.class);

  /** How often a case that is busy is tried: most are busy for a moment only. */
  private static final int TRIES_MAX = 3;

  /** How long a slow engine is waited for in one go. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CaseJobs jobs;
  private final CaseJobProgress progress;
  private final EngineCases engine;
  private final EngineGate gate;
  private final RunningModels models;
  private final JdbcTemplate jdbc;
  private final Audit audit;

  CaseJobRunner(
      CaseJobs jobs,
      CaseJobProgress progress,
      EngineCases engine,
      EngineGate gate,
      RunningModels models,
      JdbcTemplate jdbc,
      Audit audit) {
    this.jobs = jobs;
    this.progress = progress;
    this.engine = engine;
    this.gate = gate;
    this.models = models;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  @Scheduled(fixedRate = 1_000, initialDelay = 2_000)
  void goOn() {
    try {
      if (!gate.isReady()) {
        return;
      }
      for (CaseJob job : jobs.running()) {
        if (progress.lease(job.id())) {
          try {
            second(job);
          } finally {
            progress.release(job.id());
          }
        }
      }
    } catch (RuntimeException away) {
      log.debug("Running cases are left as they are for now: {}", away.getMessage());
    }
  }

  /** As many cases as the job does in a second. */
  private void second(CaseJob job) {
    List<CaseJob.Row> rows = progress.take(job.id(), job.rate());
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (CaseJob.Row row : rows) {
      if (System.nanoTime() > until) {
        return; // the lease must not end meanwhile; the rest comes first next time
      }
      EngineCases.Answer answer = act(job, row);
      if (answer.outcome() == EngineCases.Outcome.AWAY) {
        progress.hinder(
            job.id(), "The engine does not answer: it goes on by itself. " + answer.said());
        return;
      }
      boolean again = answer.outcome() == EngineCases.Outcome.MOVING && row.tries() + 1 < TRIES_MAX;
      if (!again) {
        progress.ended(row.id(), answer);
      }
    }
    if (job.hindered() != null) {
      progress.hinder(job.id(), null);
    }
    if (progress.endIfDone(job.id())) {
      CaseJob.Counts counts = jobs.counts(job.id());
      audit.record(
          Actor.system("cases"),
          "end-case-job",
          job.subject(),
          counts.done() + " done, " + counts.refused() + " refused, " + counts.gone() + " gone");
    }
  }

  private EngineCases.Answer act(CaseJob job, CaseJob.Row row) {
    return switch (job.kind()) {
      case CaseJob.MIGRATE -> engine.migrate(row.processInstanceKey(), job.toKey(), job.mapping());
      case CaseJob.RETIME -> retime(job, row);
      default -> engine.resolve(row.subjectKey(), row.besideKey(), job.retries());
    };
  }

  /**
   * A timer that a case waits for beside something else begins anew when the case is moved to the
   * version where it is, with everything mapped but that timer. One that it waits in is ended and
   * begun.
   */
  private EngineCases.Answer retime(CaseJob job, CaseJob.Row row) {
    String element = String.valueOf(row.elementId());
    if (!runs(row, job.toKey())) {
      return new EngineCases.Answer(EngineCases.Outcome.GONE, "");
    }
    Part part = models.parts(job.toKey()).get(element);
    if (part == null) {
      return new EngineCases.Answer(
          EngineCases.Outcome.REFUSED, "version " + job.toVersion() + " has no " + element);
    }
    return part.isAttached()
        ? engine.migrate(
            row.processInstanceKey(), job.toKey(), models.asItIsBut(job.toKey(), element))
        : engine.restart(
            row.processInstanceKey(), element, row.besideKey() == null ? 0 : row.besideKey());
  }

  /** Whether the timer still runs, and the case is still on the version that it was moved to. */
  private boolean runs(CaseJob.Row row, long processKey) {
    Long found =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM engine_timer t JOIN engine_instance i ON i.process_instance_key = t.process_instance_key"
                + " WHERE t.timer_key = ? AND i.process_key = ?",
            Long.class,
            row.subjectKey(),
            processKey);
    return found != null && found > 0;
  }
}
