package io.relance.casework;

import io.relance.engine.Job;
import io.relance.engine.Worker;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of this module: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class CaseWorkers {

  record CaseInput(long caseId) {}

  record OpenOutput(boolean caseOpened) {}

  record SituationInput(long caseId, long invoiceId) {}

  record SituationOutput(Situations.Situation situation) {}

  record StepInput(long caseId, CaseSteps.Treatment treatment) {}

  record NextStepOutput(String nextStepAt) {}

  record CallInput(long caseId, CaseSteps.Call call, CaseSteps.@Nullable Treatment treatment) {}

  record ReviewInput(
      long caseId, CaseSteps.Review review, CaseSteps.@Nullable Treatment treatment) {}

  @Bean
  Worker<CaseInput, OpenOutput> openCase(CaseSteps steps) {
    return new CaseWorker<>(
        "casework.open-case",
        CaseInput.class,
        (in, job) -> new OpenOutput(steps.open(in.caseId(), job.processInstanceKey())));
  }

  @Bean
  Worker<SituationInput, SituationOutput> readSituation(Situations situations) {
    return new CaseWorker<>(
        "casework.read-situation",
        SituationInput.class,
        (in, job) -> new SituationOutput(situations.read(in.caseId(), in.invoiceId())));
  }

  @Bean
  Worker<StepInput, NextStepOutput> recordStep(CaseSteps steps) {
    return new CaseWorker<>(
        "casework.record-step",
        StepInput.class,
        (in, job) -> new NextStepOutput(steps.recordStep(in.caseId(), in.treatment()).toString()));
  }

  @Bean
  Worker<CallInput, NextStepOutput> recordOutcome(CaseSteps steps) {
    return new CaseWorker<>(
        "casework.record-outcome",
        CallInput.class,
        (in, job) ->
            new NextStepOutput(
                steps
                    .recordCall(
                        in.caseId(),
                        in.call(),
                        in.treatment(),
                        job.elementInstanceKey(),
                        job.processInstanceKey())
                    .toString()));
  }

  @Bean
  Worker<ReviewInput, NextStepOutput> recordDecision(CaseSteps steps) {
    return new CaseWorker<>(
        "casework.record-decision",
        ReviewInput.class,
        (in, job) ->
            new NextStepOutput(
                steps
                    .recordReview(
                        in.caseId(),
                        in.review(),
                        in.treatment(),
                        job.elementInstanceKey(),
                        job.processInstanceKey())
                    .toString()));
  }

  @Bean
  Worker<CaseInput, OpenOutput> closeCase(CaseSteps steps) {
    return new CaseWorker<>(
        "casework.close-case",
        CaseInput.class,
        (in, job) -> {
          steps.close(in.caseId(), job.header("reason"));
          return new OpenOutput(false);
        });
  }

  private record CaseWorker<I extends Record, O>(
      String type, Class<I> input, BiFunction<I, Job, O> work) implements Worker<I, O> {

    @Override
    public O handle(I input, Job job) {
      return work.apply(input, job);
    }
  }
}
