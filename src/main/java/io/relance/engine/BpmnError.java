package io.relance.engine;

/** An outcome that the model handles with an error event; not a technical failure. */
public class BpmnError extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;

  public BpmnError(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
