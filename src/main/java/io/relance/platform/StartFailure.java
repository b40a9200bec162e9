package io.relance.platform;

/** Why the product cannot start, and what the person who starts it can do. */
public class StartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String remedy;

  public StartFailure(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
