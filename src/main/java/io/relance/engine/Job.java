package io.relance.engine;

import java.util.Map;

/**
 * The job at hand.
 *
 * @param key of the job; a retry keeps it
 * @param elementInstanceKey of the activity's execution: the key of idempotency
 * @param headers what the model sets for this task, such as a tone
 * @param ofFormerPayer whether the process knows its payer by an id that was merged into another
 *     one; the input of the worker names that other one
 */
public record Job(
    long key,
    long processInstanceKey,
    long elementInstanceKey,
    String elementId,
    Map<String, String> headers,
    boolean ofFormerPayer) {

  /** A header that the model must set. */
  public String header(String name) {
    String value = headers.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("The model sets no header '" + name + "' on " + elementId);
    }
    return value;
  }

  /** A header that the model may set. */
  public String headerOr(String name, String otherwise) {
    String value = headers.get(name);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
