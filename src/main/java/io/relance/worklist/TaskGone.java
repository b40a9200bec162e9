package io.relance.worklist;

/** The task was completed or canceled, or never was. */
public class TaskGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param how it ended, in a sentence
   */
  TaskGone(String how) {
    super(how);
  }

  TaskGone(long key) {
    super(
        "Task "
            + key
            + " is not open any more: it was completed, or its process went on without it");
  }
}
