package io.relance.casework;

import io.relance.engine.Worker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of cases and promises: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class CaseWorkers {

  record CaseInput(long caseId) {}

  record OpenOutput(boolean caseOpened) {}

  record SituationInput(long caseId, long invoiceId) {}

  record SituationOutput(Situations.Situation situation) {}

  record StepInput(long caseId, CaseSteps.Treatment treatment) {}

  record NextStepOutput(String nextStepAt) {}

  record ReviewInput(long caseId, CaseReviews.Review review) {}

  record ReviewOutput(boolean caseEnds, String nextStepAt) {}

  record PromiseInput(long promiseId) {}

  record PromiseOutput(boolean promiseRuns, @Nullable String judgeAt) {}

  record JudgedOutput(String promiseState) {}

  @Bean
  Worker<CaseInput, OpenOutput> openCase(CaseSteps steps) {
    return Worker.of(
        "casework.open-case",
        CaseInput.class,
        (in, job) -> new OpenOutput(steps.open(in.caseId(), job.processInstanceKey())));
  }

  @Bean
  Worker<SituationInput, SituationOutput> readSituation(Situations situations) {
    return Worker.of(
        "casework.read-situation",
        SituationInput.class,
        (in, job) -> new SituationOutput(situations.read(in.caseId(), in.invoiceId())));
  }

  @Bean
  Worker<StepInput, NextStepOutput> recordStep(CaseSteps steps) {
    return Worker.of(
        "casework.record-step",
        StepInput.class,
        (in, job) -> new NextStepOutput(steps.recordStep(in.caseId(), in.treatment()).toString()));
  }

  @Bean
  Worker<ReviewInput, ReviewOutput> recordDecision(CaseReviews reviews) {
    return Worker.of(
        "casework.record-decision",
        ReviewInput.class,
        (in, job) -> {
          CaseReviews.Decided decided =
              reviews.record(
                  in.caseId(), in.review(), job.elementInstanceKey(), job.processInstanceKey());
          return new ReviewOutput(decided.ends(), decided.on().toString());
        });
  }

  @Bean
  Worker<CaseInput, OpenOutput> closeCase(CaseSteps steps) {
    return Worker.of(
        "casework.close-case",
        CaseInput.class,
        (in, job) -> {
          steps.close(in.caseId());
          return new OpenOutput(false);
        });
  }

  @Bean
  Worker<PromiseInput, PromiseOutput> openPromise(PaymentPromises promises) {
    return Worker.of(
        "casework.open-promise",
        PromiseInput.class,
        (in, job) -> {
          Instant judgeAt = promises.open(in.promiseId(), job.processInstanceKey());
          return new PromiseOutput(judgeAt != null, judgeAt == null ? null : judgeAt.toString());
        });
  }

  @Bean
  Worker<PromiseInput, JudgedOutput> judgePromise(PaymentPromises promises) {
    return Worker.of(
        "casework.judge-promise",
        PromiseInput.class,
        (in, job) -> new JudgedOutput(promises.judge(in.promiseId())));
  }
}
