package io.relance.scoring;

import io.relance.engine.Decisions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a payer's facts and lets {@code payer-band.dmn} judge them. */
@Component
class DecidedScores implements PayerScores {

  private static final String DECISION = "payer-band";
  private static final String POINTS = "payerPoints";
  private static final String SCORE = "payerScore";

  private final PayerHistories histories;
  private final Decisions decisions;
  private final ScoreStore store;

  DecidedScores(PayerHistories histories, Decisions decisions, ScoreStore store) {
    this.histories = histories;
    this.decisions = decisions;
    this.store = store;
  }

  @Override
  public PayerScore scoreOf(long payerId, LocalDate asOf) {
    PayerFacts facts =
        PayerFacts.of(histories.find(payerId, asOf).orElseThrow(() -> new UnknownPayer(payerId)));
    Decisions.Outcome outcome = decisions.evaluate(DECISION, Map.of("facts", facts.asVariables()));
    PayerScore score =
        new PayerScore(
            number(outcome.results().get(SCORE)),
            String.valueOf(outcome.output()),
            outcome.hits().stream()
                .filter(hit -> hit.decisionId().equals(POINTS))
                .map(hit -> new PayerScore.Reason(facts.fill(hit.words()), number(hit.output())))
                .toList());
    store.keep(payerId, asOf, score, facts, outcome.version());
    return score;
  }

  private static int number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.intValue();
    }
    throw new IllegalStateException(
        DECISION + ": points and score are whole numbers, not '" + value + "'; mend the decision");
  }

  @Override
  public List<Past> historyOf(long payerId, int max) {
    return store.history(payerId, max);
  }
}
