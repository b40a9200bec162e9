package io.relance.ledger.csv;

/**
 * A file that cannot be read as a whole; nothing of it was taken. The message says what to mend.
 */
public class FileRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FileRefused(String reason) {
    super(reason);
  }
}
