package io.relance.designer.running;

/** Something else is done to these cases, or was done meanwhile. The words say what to do. */
public class RunningConflict extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunningConflict(String message) {
    super(message);
  }
}
