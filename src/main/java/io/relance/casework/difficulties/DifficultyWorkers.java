package io.relance.casework.difficulties;

import io.relance.engine.Worker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of difficulties: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class DifficultyWorkers {

  record TakeInput(long difficultyId) {}

  record TakeOutput(boolean difficultyRuns) {}

  record DecideInput(long difficultyId, Difficulties.Decision decision) {}

  record DecideOutput(String difficultyOutcome) {}

  @Bean
  Worker<TakeInput, TakeOutput> openDifficulty(Difficulties difficulties) {
    return Worker.of(
        "casework.open-difficulty",
        TakeInput.class,
        (in, job) ->
            new TakeOutput(difficulties.take(in.difficultyId(), job.processInstanceKey())));
  }

  @Bean
  Worker<DecideInput, DecideOutput> decideDifficulty(Difficulties difficulties) {
    return Worker.of(
        "casework.decide-difficulty",
        DecideInput.class,
        (in, job) ->
            new DecideOutput(
                difficulties.decide(in.difficultyId(), in.decision(), job.processInstanceKey())));
  }
}
