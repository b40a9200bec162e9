package io.relance.engine;

import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the application does for one job type. Implementations are thin and idempotent: the engine
 * delivers a job at least once, so an effect is keyed by {@link Job#elementInstanceKey()} or a
 * business key.
 *
 * @param <I> a record whose components are the variables that are fetched
 * @param <O> a record whose components become variables, or {@link Void}
 */
public interface Worker<I extends Record, O> {

  /** A worker that calls one use case. */
  static <I extends Record, O> Worker<I, O> of(
      String type, Class<I> input, BiFunction<I, Job, O> useCase) {
    return new SimpleWorker<>(type, input, useCase);
  }

  /** The job type, {@code <module>.<verb>-<object>}: a public contract that is never renamed. */
  String type();

  Class<I> input();

  /**
   * Does the job. A {@link BpmnError} is an outcome that the model handles; any other exception is
   * a technical failure that is retried with growing pauses and then becomes an incident.
   */
  @Nullable O handle(I input, Job job);

  /**
   * Whether a job may hang on somebody else's server. Such jobs get half of the threads, so that
   * the others go on when that server is slow.
   */
  default boolean waitsForOthers() {
    return false;
  }

  /**
   * How long the engine waits for this job before it gives it to another worker.
   *
   * @param usual {@code relance.engine.job-timeout}
   */
  default Duration timeout(Duration usual) {
    return usual;
  }
}
