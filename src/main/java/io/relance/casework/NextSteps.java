package io.relance.casework;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What comes next in a case: {@code treatment}, as it is live, is asked what it would say at the
 * moment of the next step if nothing changed until then.
 */
@Component
public class NextSteps {

  private static final String TREATMENT = "treatment";
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  /**
   * @param step of the plan
   * @param action such as {@code email} or {@code call}
   * @param tone of a message; null for others
   */
  public record Next(String step, String action, @Nullable String tone) {}

  private final Situations situations;
  private final Decisions decisions;
  private final JsonMapper json;
  private final InstantSource clock;

  NextSteps(Situations situations, Decisions decisions, JsonMapper json, InstantSource clock) {
    this.situations = situations;
    this.decisions = decisions;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Empty where nothing is planned, something holds the case then, or the decision does not say.
   */
  public Optional<Next> of(CollectionCase of) {
    Instant at = of.nextStepAt();
    if (!of.isLive() || at == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Situations.Situation then =
        situations.expect(of.id(), of.invoiceId(), at.isBefore(now) ? now : at);
    if (!then.hold().equals("none")) {
      return Optional.empty();
    }
    try {
      Map<String, Object> facts = Map.of("situation", json.convertValue(then, MAP));
      return decisions.evaluate(TREATMENT, facts).output() instanceof Map<?, ?> said
              && said.get("step") instanceof String step
              && said.get("action") instanceof String action
          ? Optional.of(
              new Next(step, action, said.get("tone") instanceof String tone ? tone : null))
          : Optional.empty();
    } catch (DecisionFailed none) {
      return Optional.empty();
    }
  }
}
