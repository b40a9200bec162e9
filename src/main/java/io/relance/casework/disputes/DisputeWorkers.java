package io.relance.casework.disputes;

import io.relance.engine.Worker;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of disputes: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class DisputeWorkers {

  record DisputeInput(long disputeId) {}

  record TakenOutput(Disputes.Facts dispute) {}

  /** What dispute-policy.dmn says. */
  record Policy(@Nullable String owner, @Nullable Integer days) {}

  record AssignInput(long disputeId, @Nullable Policy disputePolicy) {}

  record AssignOutput(String escalateAt) {}

  record SettleInput(long disputeId, DisputeDecisions.Answer settlement) {}

  record SettleOutput(String disputeOutcome) {}

  @Bean
  Worker<DisputeInput, TakenOutput> openDispute(Disputes disputes) {
    return Worker.of(
        "casework.open-dispute",
        DisputeInput.class,
        (in, job) -> new TakenOutput(disputes.take(in.disputeId(), job.processInstanceKey())));
  }

  @Bean
  Worker<AssignInput, AssignOutput> assignDispute(Disputes disputes) {
    return Worker.of(
        "casework.assign-dispute",
        AssignInput.class,
        (in, job) -> {
          Policy policy = in.disputePolicy();
          if (policy == null || policy.owner() == null || policy.days() == null) {
            throw new IllegalArgumentException(
                "dispute-policy.dmn names no owner and days for this dispute: add a row that does");
          }
          return new AssignOutput(
              disputes.assign(in.disputeId(), policy.owner(), policy.days()).toString());
        });
  }

  @Bean
  Worker<DisputeInput, AssignOutput> escalateDispute(Disputes disputes) {
    return Worker.of(
        "casework.escalate-dispute",
        DisputeInput.class,
        (in, job) -> {
          disputes.escalate(in.disputeId(), job.header("owner"));
          return new AssignOutput("");
        });
  }

  @Bean
  Worker<SettleInput, SettleOutput> settleDispute(DisputeDecisions decisions) {
    return Worker.of(
        "casework.settle-dispute",
        SettleInput.class,
        (in, job) ->
            new SettleOutput(
                decisions.settle(
                    in.disputeId(),
                    in.settlement(),
                    job.elementInstanceKey(),
                    job.processInstanceKey())));
  }
}
