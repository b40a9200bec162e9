package io.relance.worklist;

/** The engine's answer was lost, and it has not been seen yet what it did. */
public class TaskUnsure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskUnsure(long key) {
    super(
        "The engine's answer about task "
            + key
            + " was lost. Look at the task again in a minute: it may be done");
  }
}
