package io.relance.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.relance.analytics.flow.VersionComparison.Group;
import io.relance.analytics.flow.VersionComparison.Side;
import io.relance.analytics.flow.VersionComparison.Warning;
import io.relance.analytics.flow.VersionComparison.Why;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When two versions can be compared. */
class VersionComparisonTest {

  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

  private static Group group(String band, String segment, LocalDate first, long cases) {
    return new Group(
        "Moreau",
        segment,
        band,
        "EUR",
        first,
        first.plusDays(20),
        cases,
        cases / 2,
        BigDecimal.TEN,
        BigDecimal.ONE);
  }

  private static List<Warning> warnings(List<Group> a, List<Group> b, long young) {
    return VersionComparison.warnings(a, b, side(a, young), side(b, 0));
  }

  private static Side side(List<Group> groups, long young) {
    return new Side(
        groups.stream().mapToLong(Group::cases).sum(),
        young,
        0,
        groups.stream().map(Group::first).min(LocalDate::compareTo).orElse(null),
        groups.stream().map(Group::last).max(LocalDate::compareTo).orElse(null),
        0,
        null,
        List.of(),
        List.of(),
        null);
  }

  private static List<Why> whys(List<Warning> warnings) {
    return warnings.stream().map(Warning::why).toList();
  }

  @Test
  void casesOfTheSameTimeAndKindNeedNoWarning() {
    List<Group> a = List.of(group("A", "", MARCH, 40), group("C", "", MARCH, 60));
    List<Group> b =
        List.of(group("A", "", MARCH.plusDays(10), 81), group("C", "", MARCH.plusDays(9), 119));
    assertThat(warnings(a, b, 0)).isEmpty();
  }

  @Test
  void fewCasesAndYoungOnesAreTold() {
    List<Group> a = List.of(group("A", "", MARCH, 29));
    List<Group> b = List.of(group("A", "", MARCH, 30));
    assertThat(whys(warnings(a, b, 3))).containsExactly(Why.FEW, Why.YOUNG);
    assertThat(whys(warnings(b, b, 0))).isEmpty();
    assertThat(whys(warnings(List.of(), b, 0))).containsExactly(Why.FEW);
  }

  @Test
  void versionsThatDidNotRunAtTheSameTimeAreTold() {
    List<Group> a = List.of(group("A", "", MARCH, 50));
    assertThat(whys(warnings(a, List.of(group("A", "", MARCH.plusDays(21), 50)), 0)))
        .containsExactly(Why.PERIODS);
    assertThat(whys(warnings(a, List.of(group("A", "", MARCH.plusDays(20), 50)), 0))).isEmpty();
  }

  @Test
  void aDifferentMixIsToldByWhatDiffersMost() {
    List<Group> a = List.of(group("A", "retail", MARCH, 50), group("E", "", MARCH, 50));
    List<Group> b = List.of(group("A", "retail", MARCH, 80), group("E", "retail", MARCH, 20));
    List<Warning> told = warnings(a, b, 0);
    assertThat(whys(told)).containsExactly(Why.BAND, Why.SEGMENT);
    assertThat(told.getFirst().a()).isCloseTo(50, within(1e-9));
    assertThat(told.getFirst().b()).isIn(80.0, 20.0);
  }

  @Test
  void bandsThatOnlyOneHasAreNoStratum() {
    List<Group> a = List.of(group("A", "", MARCH, 10), group("A", "retail", MARCH, 20));
    List<Group> b = List.of(group("A", "", MARCH, 40), group("E", "", MARCH, 50));
    assertThat(VersionComparison.strata(a, b))
        .containsExactly(
            new Proportions.Stratum(
                new Proportions.Counted(15, 30), new Proportions.Counted(20, 40)),
            new Proportions.Stratum(
                new Proportions.Counted(0, 0), new Proportions.Counted(25, 50)));
  }
}
