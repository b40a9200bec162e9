package io.relance.casework.prevention;

import io.relance.engine.Worker;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of prevention: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class PreventionWorkers {

  record PreventionInput(long preventionId) {}

  record ReadOutput(PreventionSteps.Situation prevention) {}

  record StepInput(long preventionId, PreventionSteps.Preventive preventive) {}

  record StepOutput(@Nullable String nextPreventiveAt) {}

  record ContactInput(long preventionId, PreventionSteps.Contact preventiveContact) {}

  record ContactOutput(boolean contactRecorded) {}

  @Bean
  Worker<PreventionInput, ReadOutput> readPrevention(PreventionSteps steps) {
    return Worker.of(
        "casework.read-prevention",
        PreventionInput.class,
        (in, job) -> new ReadOutput(steps.read(in.preventionId(), job.processInstanceKey())));
  }

  @Bean
  Worker<StepInput, StepOutput> recordPreventiveStep(PreventionSteps steps) {
    return Worker.of(
        "casework.record-preventive-step",
        StepInput.class,
        (in, job) -> new StepOutput(steps.record(in.preventionId(), in.preventive())));
  }

  @Bean
  Worker<ContactInput, ContactOutput> recordPreventiveContact(PreventionSteps steps) {
    return Worker.of(
        "casework.record-preventive-contact",
        ContactInput.class,
        (in, job) -> {
          steps.recordContact(
              in.preventionId(),
              in.preventiveContact(),
              job.elementInstanceKey(),
              job.processInstanceKey());
          return new ContactOutput(true);
        });
  }
}
