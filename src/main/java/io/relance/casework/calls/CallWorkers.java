package io.relance.casework.calls;

import io.relance.engine.Worker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of calls: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class CallWorkers {

  record RequestInput(long payerId, long invoiceId) {}

  record RequestOutput(boolean callRequested) {}

  record PayerInput(long payerId) {}

  record PlanOutput(CallPlanner.Plan callPlan) {}

  record OutcomeInput(long payerId, CallRecords.Answer call) {}

  record OutcomeOutput(String callNext) {}

  @Bean
  Worker<RequestInput, RequestOutput> requestCall(CallRequests requests) {
    return Worker.of(
        "casework.request-call",
        RequestInput.class,
        (in, job) -> {
          requests.request(in.payerId(), in.invoiceId(), job.elementInstanceKey());
          return new RequestOutput(true);
        });
  }

  @Bean
  Worker<PayerInput, PlanOutput> planCall(CallPlanner planner) {
    return Worker.of(
        "casework.plan-call",
        PayerInput.class,
        (in, job) -> new PlanOutput(planner.plan(in.payerId(), job.processInstanceKey())));
  }

  @Bean
  Worker<OutcomeInput, OutcomeOutput> recordCall(CallRecords records) {
    return Worker.of(
        "casework.record-outcome",
        OutcomeInput.class,
        (in, job) ->
            new OutcomeOutput(
                records.record(
                    in.payerId(), in.call(), job.elementInstanceKey(), job.processInstanceKey())));
  }

  @Bean
  Worker<PayerInput, RequestOutput> useNextChannel(CallRecords records) {
    return Worker.of(
        "casework.use-next-channel",
        PayerInput.class,
        (in, job) -> {
          records.useNextChannel(in.payerId(), job.elementInstanceKey());
          return new RequestOutput(false);
        });
  }
}
