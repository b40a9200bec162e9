package io.relance.scoring;

import java.util.List;

/**
 * How a payer is judged.
 *
 * @param score 0 (never pays in time) to 100 (always does)
 * @param band A to E
 * @param reasons every one that gave or took points, so that the number can be explained
 * @param tenure {@code new}, {@code established} or {@code loyal} (three years without default)
 * @param brokenPromises within the last year
 */
public record PayerScore(
    int score, String band, List<Reason> reasons, String tenure, int brokenPromises) {

  /**
   * @param points what it adds to the score; negative if it takes some away, 0 if it says why the
   *     band is not the score's own
   */
  public record Reason(String text, int points) {

    @Override
    public String toString() {
      return points == 0 ? text : text + " (" + (points > 0 ? "+" : "") + points + ")";
    }
  }

  /** The reasons as sentences with their points. */
  public List<String> words() {
    return reasons.stream().map(Reason::toString).toList();
  }
}
