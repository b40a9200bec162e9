package io.relance.worklist;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks task-routing.dmn where a task waits, for whom, and what acting on it is worth. */
@Component
class TaskRouting {

  static final String DECISION = "task-routing";
  private static final String PERCENT = "taskPercent";
  private static final int POINTS_MAX = 1_000_000;
  private static final double POINTS_A_DECADE = 100_000;

  /** The engine's own default: a model that names no priority changes nothing. */
  private static final BigDecimal USUAL_PRIORITY = BigDecimal.valueOf(50);

  private static final int QUEUE_MAX = 40;

  /**
   * @param percent of the money at stake that counts
   * @param words why, as the rows that fired are described
   */
  record Route(String queue, String skill, BigDecimal percent, List<String> words) {}

  private final Decisions decisions;

  TaskRouting(Decisions decisions) {
    this.decisions = decisions;
  }

  /**
   * @throws DecisionFailed if the decision names no queue, an unknown skill, or no percentage
   */
  Route of(RoutingFacts facts) {
    Map<String, Object> variables = Map.of("task", facts.asVariables());
    Decisions.Outcome outcome = decisions.evaluate(DECISION, variables);
    if (!(outcome.output() instanceof Map<?, ?> said)
        || !(said.get("queue") instanceof String queue)
        || queue.isBlank()
        || queue.length() > QUEUE_MAX) {
      throw new DecisionFailed(DECISION, "it names no queue of up to 40 characters", variables);
    }
    String skill = String.valueOf(said.get("skill"));
    if (!skill.equals("any") && !skill.equals("senior")) {
      throw new DecisionFailed(
          DECISION, "skill can be any or senior, not '" + skill + "'", variables);
    }
    if (!(outcome.results().get(PERCENT) instanceof BigDecimal percent)) {
      throw new DecisionFailed(DECISION, PERCENT + " gives no number", variables);
    }
    List<String> words =
        outcome.hits().stream()
            .filter(hit -> hit.decisionId().equals(PERCENT) && !hit.words().isEmpty())
            .map(hit -> facts.fill(hit.words()))
            .distinct()
            .toList();
    return new Route(queue, skill, percent, words);
  }

  /**
   * Where a task stands, 0 first: by the money at stake, as much of it as counts, times the
   * engine's priority. A logarithm keeps that order and leaves room for any amount; half a
   * thousandth of a percent is told apart.
   *
   * @param stake in the creditor's currency; null or 0 if it is about no money: then the priority
   *     counts as it does before a task is ranked, below what is worth more than some 100
   * @param priority 0 to 100
   */
  static int standing(@Nullable BigDecimal stake, BigDecimal percent, int priority) {
    if (stake == null || stake.signum() <= 0) {
      return POINTS_MAX - priority * (int) (POINTS_A_DECADE / 50);
    }
    double expected =
        stake
            .multiply(percent.max(BigDecimal.ONE))
            .multiply(BigDecimal.valueOf(Math.max(1, priority)))
            .divide(USUAL_PRIORITY.multiply(BigDecimal.valueOf(100)))
            .doubleValue();
    long points = Math.round(POINTS_A_DECADE * Math.log10(1 + expected));
    return (int) Math.clamp(POINTS_MAX - points, 0, POINTS_MAX);
  }
}
