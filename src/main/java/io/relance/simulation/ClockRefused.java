package io.relance.simulation;

/** The clock was not moved. */
public class ClockRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean forbidden;

  ClockRefused(String reason, boolean forbidden) {
    super(reason);
    this.forbidden = forbidden;
  }

  /** Whether it can never be moved here, rather than not by this much. */
  public boolean forbidden() {
    return forbidden;
  }
}
