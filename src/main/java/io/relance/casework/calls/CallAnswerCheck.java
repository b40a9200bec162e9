package io.relance.casework.calls;

import io.relance.casework.AnswerCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what an agent took down of a call or a visit as it will be recorded. */
@Component
class CallAnswerCheck implements AnswerCheck {

  private static final Set<String> ELEMENTS = Set.of("Task_CallPayer", "Task_VisitPayer");

  private final CallFacts facts;
  private final CallOutcomes outcomes;

  CallAnswerCheck(CallFacts facts, CallOutcomes outcomes) {
    this.facts = facts;
    this.outcomes = outcomes;
  }

  @Override
  public boolean isFor(String elementId) {
    return ELEMENTS.contains(elementId);
  }

  @Override
  public List<String> problems(long payerId, Map<String, Object> variables) {
    CallRecords.Answer answer =
        new CallRecords.Answer(
            text(variables, "callOutcome"),
            text(variables, "nonpaymentReason"),
            text(variables, "promisedFor"),
            text(variables, "promisedAmount"),
            new CallRecords.Wish(
                text(variables, "instalmentCount"),
                text(variables, "instalmentsFrom"),
                text(variables, "instalmentRhythm"),
                text(variables, "instalmentsAgreed")),
            text(variables, "disputedInvoice"),
            text(variables, "disputeReason"),
            text(variables, "disputedAmount"),
            text(variables, "callBackOn"),
            text(variables, "callNote"),
            null);
    String problem =
        outcomes.problem(
            String.valueOf(answer.outcome()),
            payerId,
            answer,
            facts.callableInvoices(payerId),
            facts.today(payerId));
    return problem == null ? List.of() : List.of(problem);
  }

  private static @Nullable String text(Map<String, Object> variables, String name) {
    Object value = variables.get(name);
    return value == null ? null : value.toString();
  }
}
