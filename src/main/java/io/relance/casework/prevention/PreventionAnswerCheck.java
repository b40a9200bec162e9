package io.relance.casework.prevention;

import io.relance.casework.AnswerCheck;
import io.relance.casework.PromisePolicy;
import io.relance.casework.TaskAnswers;
import io.relance.ledger.Creditors;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A later day that a key account names is a promise: one that may not be taken is told at once. */
@Component
class PreventionAnswerCheck implements AnswerCheck {

  private static final Set<String> ELEMENTS = Set.of("Task_CallKeyAccount", "Task_VisitKeyAccount");

  private final PromisePolicy policy;
  private final Creditors creditors;
  private final InstantSource clock;

  PreventionAnswerCheck(PromisePolicy policy, Creditors creditors, InstantSource clock) {
    this.policy = policy;
    this.creditors = creditors;
    this.clock = clock;
  }

  @Override
  public boolean isFor(String elementId) {
    return ELEMENTS.contains(elementId);
  }

  @Override
  public List<String> problems(long payerId, Map<String, Object> variables) {
    if (!"later".equals(variables.get("preventiveOutcome"))) {
      return List.of();
    }
    LocalDate today =
        creditors.findByPayer(payerId).orElseThrow().calendar().dateOf(clock.instant());
    LocalDate day = TaskAnswers.dateOf(String.valueOf(variables.get("expectedOn")), today);
    if (day == null) {
      return List.of("expectedOn names no day from today on");
    }
    String against = policy.speaksAgainst(payerId, day);
    return against == null ? List.of() : List.of("expectedOn is " + day + ": " + against);
  }
}
