package io.relance.worklist;

import java.util.Map;

/**
 * What task-routing.dmn knows of a task.
 *
 * @param type id of its element in the model
 * @param owner group that its model names, such as {@code managers}; empty for everybody
 * @param amountBand {@code small}, {@code standard} or {@code large}
 * @param band of the payer's score, A to E; empty if the task is of no payer
 * @param daysOverdue of the oldest invoice that it is about; 0 if none is overdue
 * @param promise {@code none}, {@code open}, {@code due} or {@code broken}, within the last 30 days
 * @param daysLate days since it was to be done; 0 before
 * @param daysWaited days since it came up
 * @param bestHour whether its payer is likely to answer a call now
 */
record RoutingFacts(
    String type,
    String owner,
    String amountBand,
    String band,
    int daysOverdue,
    String segment,
    String country,
    String promise,
    int daysLate,
    int daysWaited,
    boolean bestHour) {

  Map<String, Object> asVariables() {
    return Map.ofEntries(
        Map.entry("type", type),
        Map.entry("owner", owner),
        Map.entry("amountBand", amountBand),
        Map.entry("band", band),
        Map.entry("daysOverdue", daysOverdue),
        Map.entry("segment", segment),
        Map.entry("country", country),
        Map.entry("promise", promise),
        Map.entry("daysLate", daysLate),
        Map.entry("daysWaited", daysWaited),
        Map.entry("bestHour", bestHour));
  }

  /** The words of a row with what is known put in. */
  String fill(String words) {
    return words
        .replace("{band}", band)
        .replace("{daysOverdue}", String.valueOf(daysOverdue))
        .replace("{daysLate}", String.valueOf(daysLate))
        .replace("{daysWaited}", String.valueOf(daysWaited));
  }
}
