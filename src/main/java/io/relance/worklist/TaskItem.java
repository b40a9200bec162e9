package io.relance.worklist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task in the list.
 *
 * @param type the element's id in its model
 * @param customerId the creditor's number of the payer; null if the task is of no payer
 * @param groups who may do it, as its model names them; empty for everybody
 * @param priority 0 to 100, as its model says
 * @param standing its rank and the reasons; null until it is ranked
 * @param postponedUntil when it comes back into the list; null if it does not sleep
 */
public record TaskItem(
    long key,
    String type,
    String name,
    @Nullable String customerId,
    @Nullable String customerName,
    List<String> invoices,
    @Nullable String openAmount,
    @Nullable String currency,
    int priority,
    @Nullable Instant dueAt,
    Instant createdAt,
    @Nullable String assignee,
    List<String> groups,
    @Nullable String formId,
    String state,
    @Nullable Standing standing,
    @Nullable Instant postponedUntil,
    @Nullable String postponedReason) {

  /** The types of tasks in which the payer is called. */
  public static final List<String> CALLS = List.of("Task_CallPayer", "Task_CallKeyAccount");

  /**
   * Why a task is where it is.
   *
   * @param place lower is first
   * @param skill {@code any} or {@code senior}
   * @param reasons in words, the money first
   * @param bestHour the first hour of the two in which the payer is likely to answer, by their
   *     clock; null unless it is a call that may be made
   * @param callableNow whether the payer may be called at this hour
   * @param bestNow whether this is one of the best two hours
   */
  public record Standing(
      int place,
      String queue,
      String skill,
      @Nullable String band,
      List<String> reasons,
      @Nullable Integer bestHour,
      boolean callableNow,
      boolean bestNow) {

    /** The reasons as one line. */
    public String words() {
      return String.join(" \u00b7 ", reasons);
    }

    /** The best hours in words; empty if none is known. */
    public String bestHours() {
      return bestHour == null
          ? ""
          : "best " + bestHour + "\u2013" + (bestHour + BestHour.HOURS) + " h their time";
    }
  }
}
