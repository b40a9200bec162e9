package io.relance.scoring;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Scores of payers, as known at the end of a day: nothing later is looked at. */
public interface PayerScores {

  /**
   * A score as it was on a day.
   *
   * @param since the first day on which it was so
   */
  record Past(LocalDate since, int score, String band, List<PayerScore.Reason> reasons) {}

  /**
   * Judges a payer as of a day, and keeps nothing.
   *
   * @throws UnknownPayer if there is no such payer
   */
  PayerScore scoreOf(long payerId, LocalDate asOf);

  /**
   * The bands of many payers, as their latest daily scoring says; who was never judged is missing.
   */
  Map<Long, String> bandsOf(Collection<Long> payerIds);

  /** How the score changed from one daily scoring to another, newest first. */
  List<Past> historyOf(long payerId, int max);
}
