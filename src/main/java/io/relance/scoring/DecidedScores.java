package io.relance.scoring;

import io.relance.engine.Decisions;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    return judge(PayerFacts.of(history(payerId, asOf))).score();
  }

  /** Judges a payer and keeps the score if it is new. */
  void keepScoreOf(long payerId, PayerHistory history) {
    PayerFacts facts = PayerFacts.of(history);
    Judged judged = judge(facts);
    store.keep(payerId, history.asOf(), judged.score(), facts, judged.version());
  }

  PayerHistory history(long payerId, LocalDate asOf) {
    return histories.find(payerId, asOf).orElseThrow(() -> new UnknownPayer(payerId));
  }

  private record Judged(PayerScore score, int version) {}

  private Judged judge(PayerFacts facts) {
    Decisions.Outcome outcome = decisions.evaluate(DECISION, Map.of("facts", facts.asVariables()));
    PayerScore score =
        new PayerScore(
            number(outcome.results().get(SCORE)),
            String.valueOf(outcome.output()),
            reasons(facts, outcome.hits()),
            facts.loyal() ? "loyal" : facts.newPayer() ? "new" : "established",
            facts.brokenPromises());
    return new Judged(score, outcome.version());
  }

  /** The rows that gave points, then what the row of the band says, if it says anything. */
  private static List<PayerScore.Reason> reasons(PayerFacts facts, List<Decisions.Hit> hits) {
    Stream<PayerScore.Reason> points =
        hits.stream()
            .filter(hit -> hit.decisionId().equals(POINTS))
            .map(hit -> new PayerScore.Reason(facts.fill(hit.words()), number(hit.output())));
    Stream<PayerScore.Reason> band =
        hits.stream()
            .filter(hit -> hit.decisionId().equals(DECISION) && !hit.words().isEmpty())
            .map(hit -> new PayerScore.Reason(facts.fill(hit.words()), 0));
    return Stream.concat(points, band).toList();
  }

  private static int number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.intValue();
    }
    throw new IllegalStateException(
        DECISION + ": points and score are whole numbers, not '" + value + "'; mend the decision");
  }

  @Override
  public Map<Long, String> bandsOf(Collection<Long> payerIds) {
    return store.latestBands(payerIds);
  }

  @Override
  public List<Past> historyOf(long payerId, int max) {
    return store.history(payerId, max);
  }
}
