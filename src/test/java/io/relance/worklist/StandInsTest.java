package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who works for somebody who is away. */
class StandInsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  @Test
  void whoIsThereWorksForThemselves() {
    assertThat(away().of("anna")).contains("anna");
  }

  @Test
  void theDeputyStandsIn() {
    assertThat(away(absent("anna", "ben")).of("anna")).contains("ben");
  }

  @Test
  void theDeputysDeputyStandsInWhileBothAreAway() {
    assertThat(away(absent("anna", "ben"), absent("ben", "carl")).of("anna")).contains("carl");
  }

  @Test
  void nobodyStandsInWhereNobodyIsNamed() {
    assertThat(away(absent("anna", null)).of("anna")).isEmpty();
    assertThat(away(absent("anna", "ben"), absent("ben", null)).of("anna")).isEmpty();
  }

  @Test
  void twoWhoStandInForEachOtherAndAreBothAwayAreNobody() {
    StandIns both = away(absent("anna", "ben"), absent("ben", "anna"));
    assertThat(both.of("anna")).isEmpty();
    assertThat(both.of("ben")).isEmpty();
    assertThat(both.isAway("anna")).isTrue();
    assertThat(both.isAway("carl")).isFalse();
  }

  private static Absences.Absence absent(String login, @Nullable String deputy) {
    return new Absences.Absence(1, login, DAY, DAY.plusDays(4), deputy, login);
  }

  private static StandIns away(Absences.Absence... absences) {
    Map<String, Absences.Absence> byLogin =
        Arrays.stream(absences).collect(Collectors.toMap(Absences.Absence::login, a -> a));
    return new StandIns(byLogin);
  }
}
