package io.relance.analytics.flow;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which steps are counted.
 *
 * @param processKeys of one model's versions; none is no step
 * @param from the first day; a creditor's own
 * @param to the last day
 * @param creditorId null for all
 * @param segment null for all
 * @param band A to E; null for all
 * @param agent who had the task; null for everybody, and for steps of nobody
 */
public record FlowFilter(
    List<Long> processKeys,
    LocalDate from,
    LocalDate to,
    @Nullable Long creditorId,
    @Nullable String segment,
    @Nullable String band,
    @Nullable String agent) {

  /**
   * @throws IllegalArgumentException if the period ends before it begins
   */
  public FlowFilter {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "to is " + to + ", which is before from, " + from + ": turn them round");
    }
  }

  /** Conditions on a table of days {@code d} and its slices {@code s}, with their arguments. */
  String condition(List<Object> arguments) {
    StringBuilder where = new StringBuilder("d.day BETWEEN ? AND ?");
    arguments.add(from);
    arguments.add(to);
    return where.append(conditionOfSlice(arguments)).toString();
  }

  /** Conditions on slices {@code s}. */
  String conditionOfSlice(List<Object> arguments) {
    StringBuilder where = new StringBuilder();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(creditorId);
    values.add(segment);
    values.add(band);
    values.add(agent);
    List<String> columns = List.of("s.creditor_id", "s.segment", "s.band", "s.agent");
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      if (value != null) {
        where.append(" AND ").append(columns.get(i)).append(" = ?");
        arguments.add(value);
      }
    }
    return where.toString();
  }
}
