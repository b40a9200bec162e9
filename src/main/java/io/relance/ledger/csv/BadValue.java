package io.relance.ledger.csv;

/** A value that a field cannot take; rejects its row. */
public class BadValue extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String field;

  public BadValue(String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
