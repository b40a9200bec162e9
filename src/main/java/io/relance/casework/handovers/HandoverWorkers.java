package io.relance.casework.handovers;

import io.relance.engine.Worker;
import io.relance.kernel.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of handovers: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class HandoverWorkers {

  record InvoiceInput(long invoiceId) {}

  record ProposeOutput(boolean handoverProposed) {}

  record HandoverInput(long handoverId) {}

  record OpenOutput(HandoverSteps.Facts handover) {}

  record PolicyInput(long handoverId, HandoverSteps.Policy handoverPolicy) {}

  record PrepareOutput(String formalNotice, @Nullable String decideAt) {}

  record PostingInput(
      long handoverId, HandoverSteps.Posting posting, HandoverSteps.Policy handoverPolicy) {}

  record PostingOutput(String noticePosted, @Nullable String decideAt) {}

  record DecisionInput(
      long handoverId,
      HandoverSteps.Decision handoverApproval,
      HandoverSteps.Policy handoverPolicy) {}

  record DecisionOutput(String handoverDecision) {}

  @Bean
  Worker<InvoiceInput, ProposeOutput> proposeHandover(Handovers handovers) {
    return Worker.of(
        "casework.propose-handover",
        InvoiceInput.class,
        (in, job) ->
            new ProposeOutput(
                handovers.proposeQuietly(
                    in.invoiceId(),
                    null,
                    "case-" + job.elementInstanceKey(),
                    Actor.system("casework"))));
  }

  @Bean
  Worker<HandoverInput, OpenOutput> openHandover(HandoverSteps steps) {
    return Worker.of(
        "casework.open-handover",
        HandoverInput.class,
        (in, job) -> new OpenOutput(steps.open(in.handoverId(), job.processInstanceKey())));
  }

  @Bean
  Worker<PolicyInput, PrepareOutput> prepareFormalNotice(HandoverSteps steps) {
    return Worker.of(
        "casework.prepare-formal-notice",
        PolicyInput.class,
        (in, job) -> {
          HandoverSteps.Noticed noticed = steps.prepareNotice(in.handoverId(), in.handoverPolicy());
          return new PrepareOutput(noticed.outcome(), noticed.decideAt());
        });
  }

  @Bean
  Worker<PostingInput, PostingOutput> recordPosting(HandoverSteps steps) {
    return Worker.of(
        "casework.record-posting",
        PostingInput.class,
        (in, job) -> {
          HandoverSteps.Noticed noticed =
              steps.recordPosting(
                  in.handoverId(), in.posting(), in.handoverPolicy(), job.processInstanceKey());
          return new PostingOutput(noticed.outcome(), noticed.decideAt());
        });
  }

  @Bean
  Worker<DecisionInput, DecisionOutput> recordHandoverDecision(HandoverSteps steps) {
    return Worker.of(
        "casework.record-handover-decision",
        DecisionInput.class,
        (in, job) ->
            new DecisionOutput(
                steps.recordDecision(
                    in.handoverId(),
                    in.handoverApproval(),
                    in.handoverPolicy(),
                    job.processInstanceKey())));
  }

  /** Gives the invoice back to its case; the model says why in a header. */
  @Bean
  Worker<HandoverInput, ProposeOutput> endHandover(HandoverEnds ends) {
    return Worker.of(
        "casework.end-handover",
        HandoverInput.class,
        (in, job) -> {
          ends.end(in.handoverId(), job.header("state"));
          return new ProposeOutput(false);
        });
  }

  @Bean
  Worker<HandoverInput, ProposeOutput> buildEvidence(EvidenceFiles files) {
    return Worker.of(
        "casework.build-evidence",
        HandoverInput.class,
        (in, job) -> {
          files.build(in.handoverId());
          return new ProposeOutput(false);
        });
  }

  @Bean
  Worker<HandoverInput, ProposeOutput> handOver(HandoverSteps steps) {
    return Worker.of(
        "casework.hand-over",
        HandoverInput.class,
        (in, job) -> {
          steps.handOver(in.handoverId());
          return new ProposeOutput(false);
        });
  }
}
