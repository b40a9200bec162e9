package io.relance.scoring;

import java.time.LocalDate;

/** Scores of payers, as known at the end of a day: nothing later is looked at. */
public interface PayerScores {

  PayerScore scoreOf(long payerId, LocalDate asOf);
}
