package io.relance.engine;

import java.util.Map;
import java.util.function.Predicate;

/** The real cases that a decision is asked about, with today's facts of them. */
public interface DecisionSubjects {

  /**
   * @param about the invoice or whatever else the decision is about
   * @param variables as the process would give them to the decision
   */
  record Subject(
      String payerNumber, String payerName, String about, Map<String, Object> variables) {}

  /** Id of the decision that is asked. */
  String decisionId();

  /** How many there are, whether or not the decision would be asked today. */
  int count();

  /**
   * Goes through them until there are no more or the reader says false, in an order drawn by lot
   * that is the same each time: the first ones stand for all. Nothing is written.
   */
  void read(Predicate<Subject> reader);
}
