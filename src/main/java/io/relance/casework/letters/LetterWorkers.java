package io.relance.casework.letters;

import io.relance.engine.Worker;
import io.relance.outreach.permission.Contact;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of letters: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class LetterWorkers {

  record PayerInput(long payerId) {}

  record PlanOutput(boolean letterWanted, @Nullable Contact contact) {}

  record PrepareOutput(boolean letterPrepared) {}

  record PostingInput(long payerId, LetterSteps.Posting letterPosting) {}

  record PostingOutput(String letterPosted) {}

  @Bean
  Worker<PayerInput, PlanOutput> planLetter(LetterSteps steps) {
    return Worker.of(
        "casework.plan-letter",
        PayerInput.class,
        (in, job) -> {
          // who was merged into another payer is written to by that one's process
          Contact contact =
              job.ofFormerPayer() ? null : steps.plan(in.payerId(), job.processInstanceKey());
          return new PlanOutput(contact != null, contact);
        });
  }

  @Bean
  Worker<PayerInput, PrepareOutput> prepareLetter(LetterSteps steps) {
    return Worker.of(
        "casework.prepare-letter",
        PayerInput.class,
        (in, job) -> new PrepareOutput(!job.ofFormerPayer() && steps.prepare(in.payerId())));
  }

  @Bean
  Worker<PostingInput, PostingOutput> recordLetter(LetterSteps steps) {
    return Worker.of(
        "casework.record-letter",
        PostingInput.class,
        (in, job) ->
            new PostingOutput(
                job.ofFormerPayer()
                    ? steps.recordOfFormer(
                        in.payerId(), in.letterPosting(), job.processInstanceKey())
                    : steps.record(in.payerId(), in.letterPosting(), job.processInstanceKey())));
  }

  @Bean
  Worker<PayerInput, PrepareOutput> dropLetter(LetterSteps steps) {
    return Worker.of(
        "casework.drop-letter",
        PayerInput.class,
        (in, job) -> {
          if (!job.ofFormerPayer()) {
            steps.drop(in.payerId()); // the merge took it back itself
          }
          return new PrepareOutput(false);
        });
  }
}
