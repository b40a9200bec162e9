package io.relance.engine;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What {@link Worker#of} gives. */
record SimpleWorker<I extends Record, O>(String type, Class<I> input, BiFunction<I, Job, O> useCase)
    implements Worker<I, O> {

  @Override
  public @Nullable O handle(I input, Job job) {
    return useCase.apply(input, job);
  }
}
