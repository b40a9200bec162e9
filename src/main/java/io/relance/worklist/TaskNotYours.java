package io.relance.worklist;

/** The task is for others, such as an approval that is a manager's. */
public class TaskNotYours extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskNotYours(TaskItem task) {
    super("Task " + task.key() + " is for " + String.join(" or ", task.groups()));
  }
}
