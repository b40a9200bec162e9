package io.relance.casework;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import io.relance.ledger.Creditors;
import io.relance.scoring.PayerScore;
import io.relance.scoring.PayerScores;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks promise-policy.dmn how far ahead a payer may promise. */
@Component
public class PromisePolicy {

  private static final String DECISION = "promise-policy";

  private final Decisions decisions;
  private final PayerScores scores;
  private final Creditors creditors;
  private final InstantSource clock;

  PromisePolicy(Decisions decisions, PayerScores scores, Creditors creditors, InstantSource clock) {
    this.decisions = decisions;
    this.scores = scores;
    this.creditors = creditors;
    this.clock = clock;
  }

  /**
   * What speaks against a promise of that day, in words; null if nothing does.
   *
   * @throws DecisionFailed if the decision names no number of days
   */
  public @Nullable String speaksAgainst(long payerId, LocalDate promisedFor) {
    LocalDate today =
        creditors.findByPayer(payerId).orElseThrow().calendar().dateOf(clock.instant());
    PayerScore score = scores.scoreOf(payerId, today);
    Map<String, Object> facts =
        Map.of("promise", Map.of("band", score.band(), "brokenPromises", score.brokenPromises()));
    Object said = decisions.evaluate(DECISION, facts).output();
    if (!(said instanceof Number daysMax)) {
      throw new DecisionFailed(DECISION, "it names no days for this payer", facts);
    }
    LocalDate latest = today.plusDays(daysMax.longValue());
    return promisedFor.isAfter(latest)
        ? "a promise of this payer is for "
            + latest
            + " at the latest; what takes longer is a payment plan"
        : null;
  }
}
