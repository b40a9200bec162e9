package io.relance.scoring;

import java.util.List;

/**
 * How a payer is judged.
 *
 * @param score 0 (never pays in time) to 100 (always does)
 * @param band A to E
 * @param reasons in words, so that every number can be explained
 */
public record PayerScore(int score, String band, List<String> reasons) {

  static String bandOf(int score) {
    if (score >= 90) {
      return "A";
    }
    if (score >= 75) {
      return "B";
    }
    if (score >= 50) {
      return "C";
    }
    return score >= 25 ? "D" : "E";
  }
}
