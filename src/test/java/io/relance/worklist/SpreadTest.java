package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Tasks are handed out so that loads come together. */
class SpreadTest {

  private static final Predicate<String> ANYBODY = login -> true;

  @Test
  void whoHasFewestGetsTheNext() {
    assertThat(handedOut(Map.of("anna", 3L, "ben", 1L, "carl", 2L), 5, ANYBODY))
        .containsExactly("ben", "ben", "carl", "anna", "ben");
  }

  @Test
  void asManyForEverybodyWhereNobodyHasAny() {
    assertThat(handedOut(Map.of("anna", 0L, "ben", 0L), 4, ANYBODY))
        .containsExactly("anna", "ben", "anna", "ben");
  }

  @Test
  void whoMayNotDoATaskIsPassedOver() {
    assertThat(handedOut(Map.of("anna", 9L, "ben", 0L), 2, "anna"::equals))
        .containsExactly("anna", "anna");
    assertThat(new Spread(Map.of("anna", 0L)).next(login -> false)).isNull();
  }

  private static List<String> handedOut(Map<String, Long> loads, int tasks, Predicate<String> may) {
    Spread spread = new Spread(loads);
    List<String> to = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      String next = spread.next(may);
      to.add(next);
      spread.took(next);
    }
    return to;
  }
}
