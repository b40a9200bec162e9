package io.relance.casework;

import java.util.List;
import java.util.Map;

/**
 * Says before a task is completed what of its answer would not be taken afterwards, so that whoever
 * fills the form in is told at once.
 */
public interface AnswerCheck {

  /** Whether tasks of this element are checked here. */
  boolean isFor(String elementId);

  /**
   * What is wrong, in words that begin with the field; empty if nothing is.
   *
   * @param variables as they are submitted
   */
  List<String> problems(long payerId, Map<String, Object> variables);
}
