package io.relance.worklist;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands tasks out one by one, each to whoever has the fewest, so that loads come together. */
final class Spread {

  private final Map<String, Long> loads;

  /**
   * @param loads how many tasks each one has before
   */
  Spread(Map<String, Long> loads) {
    this.loads = new TreeMap<>(loads);
  }

  /**
   * Who is to have the next task: of several with as few, the first by name.
   *
   * @param may who may do it
   * @return null if nobody may
   */
  @Nullable String next(Predicate<String> may) {
    return loads.entrySet().stream()
        .filter(load -> may.test(load.getKey()))
        .min(Comparator.comparingLong(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  void took(String login) {
    loads.merge(login, 1L, Long::sum);
  }
}
