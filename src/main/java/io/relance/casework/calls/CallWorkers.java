package io.relance.casework.calls;

import io.relance.engine.Worker;
import io.relance.outreach.permission.Contact;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of calls: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class CallWorkers {

  record RequestInput(long payerId, long invoiceId) {}

  record RequestOutput(boolean callRequested) {}

  record PayerInput(long payerId) {}

  record PlanOutput(CallPlanner.Plan callPlan, @Nullable Contact contact) {}

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
        (in, job) -> {
          CallPlanner.Planned planned = planner.plan(in.payerId(), job.processInstanceKey());
          return new PlanOutput(planned.plan(), planned.contact());
        });
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
  Worker<PayerInput, RequestOutput> callInstead(CallsInstead instead) {
    return Worker.of(
        "casework.call-instead",
        PayerInput.class,
        (in, job) -> {
          instead.callInstead(in.payerId(), job.elementInstanceKey());
          return new RequestOutput(true);
        });
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
