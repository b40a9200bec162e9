package io.relance.worklist;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who works for somebody who is away: their deputy, or, while that one is away, theirs. */
final class StandIns {

  private final Map<String, Absences.Absence> away;

  /**
   * @param away who is away, by their log-ins
   */
  StandIns(Map<String, Absences.Absence> away) {
    this.away = away;
  }

  boolean isAway(String login) {
    return away.containsKey(login);
  }

  /** Whoever is there: that person, or who stands in; empty if nobody does. */
  Optional<String> of(String login) {
    Set<String> asked = new HashSet<>();
    String each = login;
    while (asked.add(each)) {
      Absences.Absence absence = away.get(each);
      if (absence == null) {
        return Optional.of(each);
      }
      if (absence.deputy() == null) {
        return Optional.empty();
      }
      each = absence.deputy();
    }
    return Optional.empty(); // they stand in for each other, and all are away
  }
}
