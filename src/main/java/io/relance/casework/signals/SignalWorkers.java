package io.relance.casework.signals;

import io.relance.engine.Worker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job types of warning signals: each calls one use case. */
@Configuration(proxyBeanMethods = false)
class SignalWorkers {

  record SignalInput(long signalId) {}

  record ReadOutput(SignalFollower.Facts signal) {}

  record CloseInput(long signalId, SignalFollower.Answer signalAnswer) {}

  record CloseOutput(boolean signalClosed) {}

  @Bean
  Worker<SignalInput, ReadOutput> readSignal(SignalFollower follower) {
    return Worker.of(
        "casework.read-signal",
        SignalInput.class,
        (in, job) -> new ReadOutput(follower.read(in.signalId(), job.processInstanceKey())));
  }

  @Bean
  Worker<CloseInput, CloseOutput> closeSignal(SignalFollower follower) {
    return Worker.of(
        "casework.close-signal",
        CloseInput.class,
        (in, job) -> {
          follower.close(in.signalId(), in.signalAnswer(), job.processInstanceKey());
          return new CloseOutput(true);
        });
  }
}
