package io.relance.engine;

/**
 * A job cannot be done at this moment, through nobody's fault: it comes again shortly, and costs no
 * retry.
 */
public class NotYet extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotYet(String why) {
    super(why);
  }
}
