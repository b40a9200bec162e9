package io.relance.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.engine.Decisions;
import io.relance.engine.TestDecisions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What payer-band.dmn, as it ships, says of payers of different pasts. */
class PayerBandTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  private final Decisions decisions = TestDecisions.shipped();
  private final List<PayerHistory.Item> invoices = new ArrayList<>();
  private final List<LocalDate> broken = new ArrayList<>();
  private @Nullable LocalDate since;

  @Test
  void whoPaysInTimeIsAnA() {
    monthly(24, 0);
    assertThat(band()).isEqualTo("A");
    assertThat(words()).anyMatch(w -> w.startsWith("Pays nearly everything in time: 0 % late"));
  }

  @Test
  void whoIsNewIsAtMostACHoweverGood() {
    monthly(2, 0);
    assertThat(band()).isEqualTo("C");
    assertThat(words())
        .contains("Little is known: 2 invoices to judge by, a customer for 2 months (-10)");
  }

  @Test
  void whoIsNewAndLateIsADAtOnce() {
    invoices.add(item(TODAY.minusDays(75), null, false));
    assertThat(band()).isEqualTo("C"); // 45 days overdue
    invoices.set(0, item(TODAY.minusDays(76), null, false));
    assertThat(band()).isEqualTo("D");
  }

  @Test
  void whoIsUnknownAltogetherIsAC() {
    assertThat(band()).isEqualTo("C");
    assertThat(words()).contains("The first invoice (-5)");
  }

  @Test
  void whoPaysMonthsLateIsAnE() {
    monthly(24, 70);
    assertThat(band()).isEqualTo("E");
  }

  /** Three years without default protect: a bad quarter does not make them a C. */
  @Test
  void whoIsLoyalKeepsABInABadQuarter() {
    monthly(40, 0);
    invoices.replaceAll(i -> i.due().isAfter(TODAY.minusDays(120)) ? paid(i.issued(), 20) : i);
    PayerFacts facts = facts();
    assertThat(facts.loyal()).isTrue();
    assertThat(band()).isEqualTo("B");
  }

  @Test
  void aDefaultEndsTheProtection() {
    monthly(40, 0);
    invoices.set(20, paid(invoices.get(20).issued(), 61));
    assertThat(facts().loyal()).isFalse();
    assertThat(facts().defaults()).isEqualTo(1);
    invoices.set(20, paid(invoices.get(20).issued(), 60));
    assertThat(facts().loyal()).isTrue();
  }

  @Test
  void brokenPromisesCostPointsForAYear() {
    monthly(24, 0);
    int before = score();
    broken.add(TODAY.minusDays(365));
    assertThat(score()).isEqualTo(before);
    broken.add(TODAY.minusDays(364));
    assertThat(score()).isEqualTo(before - 6);
    broken.add(TODAY);
    assertThat(score()).isEqualTo(before - 15);
  }

  @Test
  void whatIsRecentCountsMore() {
    monthly(24, 0);
    invoices.replaceAll(i -> i.due().isAfter(TODAY.minusDays(200)) ? paid(i.issued(), 5) : i);
    BigDecimal recentlyLate = facts().lateShare();
    invoices.clear();
    monthly(24, 5);
    invoices.replaceAll(i -> i.due().isAfter(TODAY.minusDays(200)) ? paid(i.issued(), 0) : i);
    assertThat(recentlyLate).isGreaterThan(new BigDecimal("0.4"));
    assertThat(facts().lateShare()).isLessThan(new BigDecimal("0.6"));
  }

  @Test
  void worseThanAYearAgoIsATrend() {
    monthly(24, 0);
    invoices.replaceAll(i -> i.due().isAfter(TODAY.minusDays(91)) ? paid(i.issued(), 5) : i);
    assertThat(facts().trend()).isEqualByComparingTo("1");
    assertThat(words()).anyMatch(w -> w.startsWith("Pays worse than a year ago"));
  }

  @Test
  void owingMuchMoreThanUsualIsSeen() {
    monthly(24, 0);
    for (int i = 0; i < 6; i++) {
      invoices.add(item(TODAY.minusDays(3), null, false));
    }
    assertThat(facts().exposureRatio()).isGreaterThan(new BigDecimal("4"));
  }

  /** Every point can be explained: the reasons add up to the score. */
  @Test
  void theReasonsAddUpToTheScore() {
    monthly(24, 12);
    Decisions.Outcome outcome = outcome();
    int sum =
        outcome.hits().stream()
            .filter(h -> h.decisionId().equals("payerPoints"))
            .mapToInt(h -> ((Number) h.output()).intValue())
            .sum();
    assertThat(Math.clamp(sum, 0, 100)).isEqualTo(score());
  }

  /** An invoice a month, the last one due this month, each paid so many days late. */
  private void monthly(int months, int daysLate) {
    for (int back = months; back >= 1; back--) {
      invoices.add(paid(TODAY.minusMonths(back).minusDays(28), daysLate));
    }
    since = null;
  }

  private static PayerHistory.Item paid(LocalDate issued, int daysLate) {
    LocalDate settled = issued.plusDays(30 + daysLate);
    return item(issued, settled.isAfter(TODAY) ? null : settled, false);
  }

  private static PayerHistory.Item item(
      LocalDate issued, @Nullable LocalDate settled, boolean disputed) {
    return new PayerHistory.Item(
        issued, issued.plusDays(30), settled, new BigDecimal("100.00"), "EUR", disputed, false);
  }

  private PayerFacts facts() {
    return PayerFacts.of(
        new PayerHistory(TODAY, since, List.copyOf(invoices), List.copyOf(broken)));
  }

  private Decisions.Outcome outcome() {
    return decisions.evaluate("payer-band", Map.of("facts", facts().asVariables()));
  }

  private String band() {
    return String.valueOf(outcome().output());
  }

  private int score() {
    return ((Number) outcome().results().get("payerScore")).intValue();
  }

  private List<String> words() {
    PayerFacts facts = facts();
    return outcome().hits().stream()
        .filter(h -> h.decisionId().equals("payerPoints"))
        .map(
            h ->
                new PayerScore.Reason(facts.fill(h.words()), ((Number) h.output()).intValue())
                    .toString())
        .toList();
  }
}
