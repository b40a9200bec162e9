package io.relance.worklist;

import io.relance.ledger.FormerPayers;

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

  /** Its payer is another one now, who has a task in its place if one is needed. */
  TaskGone(long key, FormerPayers.Former former) {
    super(
        "Task %d is not open any more: customer %s was merged into %s (%s) by %s. What is still to be done is a task of customer %s"
            .formatted(
                key,
                former.number(),
                former.into(),
                former.intoName(),
                former.by(),
                former.into()));
  }
}
