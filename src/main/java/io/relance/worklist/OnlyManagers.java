package io.relance.worklist;

/** What was asked for is a manager's to do. */
public class OnlyManagers extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what as it follows "only a manager can"
   */
  OnlyManagers(String what) {
    super("Only a manager can " + what);
  }
}
