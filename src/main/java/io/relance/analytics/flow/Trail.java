package io.relance.analytics.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The way of one process instance so far. What is done several times in a row is folded, one step
 * or a round of up to {@value #ROUND_MAX}: cases that differ only in how often they went round
 * count as one way from four times on, so that the number of ways stays small. After {@value
 * #ITEMS_MAX} steps and rounds the way is cut, and only its end is added.
 */
final class Trail {

  static final int ROUND_MAX = 8;
  static final int ITEMS_MAX = 20;

  /** Characters of a way that is stored, with room for its end. */
  private static final int LENGTH_MAX = 3_000;

  /** More times than these are told as "or more". */
  static final int TIMES_MAX = 4;

  /** Stands for steps that were left out. */
  static final String CUT = "...";

  /** A step, or a round of several, and how often it was done in a row. */
  record Item(List<String> elementIds, int times) {

    Item again() {
      return new Item(elementIds, times + 1);
    }

    private String text(int timesMax) {
      String steps = String.join("+", elementIds);
      return times == 1 ? steps : steps + "*" + Math.min(times, timesMax);
    }

    static Item read(String text) {
      int star = text.indexOf('*');
      String steps = star < 0 ? text : text.substring(0, star);
      return new Item(
          Arrays.asList(steps.split("\\+")),
          star < 0 ? 1 : Integer.parseInt(text.substring(star + 1)));
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final Map<String, Integer> visits = new LinkedHashMap<>();

  /** Goes on from what was kept by {@link #toState}. */
  static Trail ofState(String state) {
    Trail trail = new Trail();
    String[] parts = state.split("\\|", -1);
    trail.items.addAll(itemsOf(parts[0]));
    for (String visit : parts.length < 2 ? new String[0] : parts[1].split(" ")) {
      int equals = visit.indexOf('=');
      if (equals > 0) {
        trail.visits.put(visit.substring(0, equals), Integer.parseInt(visit.substring(equals + 1)));
      }
    }
    return trail;
  }

  /** The steps and rounds of a way as it is stored. */
  static List<Item> itemsOf(String steps) {
    return Arrays.stream(steps.split(" ")).filter(s -> !s.isEmpty()).map(Item::read).toList();
  }

  String toState() {
    return text(Integer.MAX_VALUE)
        + "|"
        + visits.entrySet().stream()
            .map(v -> v.getKey() + "=" + v.getValue())
            .collect(Collectors.joining(" "));
  }

  /** The way as it is compared with that of others. */
  String steps() {
    return text(TIMES_MAX);
  }

  private String text(int timesMax) {
    return items.stream().map(item -> item.text(timesMax)).collect(Collectors.joining(" "));
  }

  Map<String, Integer> visits() {
    return visits;
  }

  /**
   * An activity began.
   *
   * @return how often it was done by now
   */
  int visit(String elementId) {
    append(elementId);
    return Objects.requireNonNull(visits.merge(elementId, 1, Integer::sum));
  }

  /** An end was reached: it is told even of a way that is cut. */
  void end(String elementId) {
    int cut = cutAt();
    if (cut >= 0) {
      items.subList(cut + 1, items.size()).clear();
    }
    items.add(new Item(List.of(elementId), 1));
    if (cut < 0) {
      fold();
      if (isTooLong(ITEMS_MAX + 1)) {
        items.set(items.size() - 2, new Item(List.of(CUT), 1));
      }
    }
  }

  private void append(String elementId) {
    if (cutAt() >= 0) {
      return;
    }
    items.add(new Item(List.of(elementId), 1));
    fold();
    if (isTooLong(ITEMS_MAX)) {
      items.set(items.size() - 1, new Item(List.of(CUT), 1));
    }
  }

  private boolean isTooLong(int itemsMax) {
    return items.size() > itemsMax || text(Integer.MAX_VALUE).length() > LENGTH_MAX;
  }

  /** Where it was cut; -1 if it was not. */
  private int cutAt() {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).elementIds().getFirst().equals(CUT)) {
        return i;
      }
    }
    return -1;
  }

  /** The last steps are the same again as what stands before them. */
  private void fold() {
    for (int length = 1; length <= Math.min(ROUND_MAX, items.size() - 1); length++) {
      int from = items.size() - length;
      List<Item> last = items.subList(from, items.size());
      if (last.stream().anyMatch(item -> item.times() > 1 || item.elementIds().size() > 1)) {
        return;
      }
      List<String> round = last.stream().flatMap(item -> item.elementIds().stream()).toList();
      Item before = items.get(from - 1);
      if (before.elementIds().equals(round)) {
        last.clear();
        items.set(from - 1, before.again());
        return;
      }
      if (from >= length && items.subList(from - length, from).equals(last)) {
        List<Item> both = items.subList(from - length, items.size());
        both.clear();
        items.add(new Item(round, 2));
        return;
      }
    }
  }
}
