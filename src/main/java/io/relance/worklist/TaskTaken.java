package io.relance.worklist;

import org.jspecify.annotations.Nullable;

/** Somebody else has the task. */
public class TaskTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskTaken(long key, @Nullable String holder) {
    super("Task " + key + " is with " + (holder == null ? "somebody else" : holder));
  }
}
