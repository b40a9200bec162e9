package io.relance.engine;

import java.util.Map;

/** A decision that could not be made. Says which one, why, and for which facts. */
public class DecisionFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DecisionFailed(String decisionId, String why, Map<String, Object> variables) {
    super(
        "Decision '"
            + decisionId
            + "' could not be made: "
            + why
            + (variables.isEmpty() ? "" : "; it was given " + variables));
  }
}
