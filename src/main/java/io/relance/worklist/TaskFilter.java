package io.relance.worklist;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a list of tasks.
 *
 * @param dayOf a log-in: what they have, and what nobody has in the queues of their teams; null for
 *     everybody's
 * @param queue in which a task waits
 * @param band of the payer's score, A to E
 * @param minAmount the least money that it is about, in the creditor's currency
 * @param callableNow only calls whose payer may be called at this hour
 * @param bestNow only calls whose payer is likely to answer at this hour
 * @param postponed whether what sleeps is listed
 * @param text the beginning of a customer's number or name, or of an invoice's number
 */
public record TaskFilter(
    @Nullable String dayOf,
    @Nullable String queue,
    @Nullable String band,
    @Nullable BigDecimal minAmount,
    boolean callableNow,
    boolean bestNow,
    Postponed postponed,
    @Nullable String text) {

  public static final TaskFilter NONE =
      new TaskFilter(null, null, null, null, false, false, Postponed.NO, null);

  /** Whether tasks that were postponed are listed before their day. */
  public enum Postponed {
    NO,
    ONLY;

    /**
     * @throws IllegalArgumentException for any word but {@code no} and {@code only}
     */
    public static Postponed of(String word) {
      return switch (word) {
        case "no" -> NO;
        case "only" -> ONLY;
        default ->
            throw new IllegalArgumentException("postponed can be no or only, not '" + word + "'");
      };
    }
  }

  public TaskFilter {
    if (band != null && !band.matches("[A-E]")) {
      throw new IllegalArgumentException("band can be A to E, not '" + band + "'");
    }
    if (minAmount != null && minAmount.signum() < 0) {
      throw new IllegalArgumentException("minAmount can be 0 or more, not " + minAmount);
    }
  }

  /** What that user is to do today. */
  public static TaskFilter dayOf(String login) {
    return new TaskFilter(login, null, null, null, false, false, Postponed.NO, null);
  }

  /** The same, of calls that can be made at this hour. */
  public TaskFilter callable(boolean best) {
    return new TaskFilter(dayOf, queue, band, minAmount, true, best, postponed, text);
  }
}
