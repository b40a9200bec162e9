package io.relance.casework.calls;

import io.relance.engine.Worker;
import io.relance.outreach.Tone;
import io.relance.outreach.permission.Contact;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of calls: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class CallWorkers {

  record RequestInput(long payerId, long invoiceId) {}

  record RequestOutput(boolean callRequested) {}

  record PayerInput(long payerId) {}

  /**
   * @param tone of the message in place of the call; firm if the model names none
   */
  record NextInput(long payerId, @Nullable String tone) {}

  record PlanOutput(CallPlanner.Plan callPlan, @Nullable Contact contact) {}

  /** What the process knows of the plan; one that began before there were visits knows less. */
  record PlanRead(@Nullable Boolean visit) {}

  /**
   * @param call what was taken down, of whatever kind its parts are: a task may be completed in
   *     Tasklist or by the API
   */
  record OutcomeInput(
      long payerId, @Nullable Map<String, @Nullable Object> call, PlanRead callPlan) {}

  record OutcomeOutput(String callNext) {}

  @Bean
  Worker<RequestInput, RequestOutput> requestCall(CallRequests requests) {
    return Worker.of(
        "casework.request-call",
        RequestInput.class,
        (in, job) -> {
          boolean visit = job.headerOr("kind", "call").equals("visit");
          requests.request(
              in.payerId(), in.invoiceId(), visit, String.valueOf(job.elementInstanceKey()));
          return new RequestOutput(true);
        });
  }

  @Bean
  Worker<PayerInput, PlanOutput> planCall(CallPlanner planner) {
    return Worker.of(
        "casework.plan-call",
        PayerInput.class,
        (in, job) -> {
          // who was merged into another payer is called by that one's process
          CallPlanner.Planned planned =
              job.ofFormerPayer()
                  ? CallPlanner.NOTHING
                  : planner.plan(in.payerId(), job.processInstanceKey());
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
                    in.payerId(),
                    CallAnswers.read(in.call()),
                    Boolean.TRUE.equals(in.callPlan().visit()),
                    job.elementInstanceKey(),
                    job.processInstanceKey())));
  }

  @Bean
  Worker<PayerInput, RequestOutput> callInstead(CallsInstead instead) {
    return Worker.of(
        "casework.call-instead",
        PayerInput.class,
        (in, job) -> {
          if (job.ofFormerPayer()) {
            return new RequestOutput(false);
          }
          boolean byLetter = job.headerOr("of", "messages").equals("letters");
          instead.callInstead(in.payerId(), byLetter, job.elementInstanceKey());
          return new RequestOutput(true);
        });
  }

  @Bean
  Worker<NextInput, RequestOutput> useNextChannel(CallRecords records) {
    return Worker.of(
        "casework.use-next-channel",
        NextInput.class,
        (in, job) -> {
          if (job.ofFormerPayer()) {
            return new RequestOutput(false);
          }
          Tone tone = in.tone() == null ? Tone.FIRM : Tone.of(in.tone());
          records.useNextChannel(in.payerId(), tone, job.elementInstanceKey());
          return new RequestOutput(false);
        });
  }
}
