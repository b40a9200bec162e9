package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.engine.DecisionFailed;
import io.relance.engine.TestDecisions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** task-routing.dmn as it ships, and how what it says puts tasks in order. */
class TaskRoutingTest {

  private static final BigDecimal ALL = BigDecimal.valueOf(100);
  private final TaskRouting routing = new TaskRouting(TestDecisions.shipped());

  private String type = "Task_CallPayer";
  private String owner = "agents";
  private String amountBand = "standard";
  private String band = "C";
  private int daysOverdue = 10;
  private String segment = "";
  private String promise = "none";
  private int daysLate = 0;
  private int daysWaited = 0;
  private boolean bestHour = false;

  @Test
  void aCallIsForAnybodyAndAnOldDebtForTheBest() {
    assertThat(where()).isEqualTo("calls any");
    daysOverdue = 90;
    assertThat(where()).isEqualTo("calls any");
    daysOverdue = 91;
    assertThat(where()).isEqualTo("calls senior");
    daysOverdue = 31;
    amountBand = "large";
    assertThat(where()).isEqualTo("calls senior");
  }

  @Test
  void keyAccountsDisputesLettersAndDecisionsHaveQueuesOfTheirOwn() {
    type = "Task_SettleDispute";
    assertThat(where()).isEqualTo("disputes any");
    type = "Task_PostNotice";
    assertThat(where()).isEqualTo("post any");
    type = "Task_ReviewCase";
    assertThat(where()).isEqualTo("cases any");
    segment = "key-account";
    assertThat(where()).isEqualTo("key-accounts senior");
    owner = "managers";
    assertThat(where()).isEqualTo("decisions any");
  }

  @Test
  void theReasonsAreTheRowsThatFired() {
    band = "E";
    promise = "broken";
    daysOverdue = 45;
    daysLate = 2;
    daysWaited = 9;
    assertThat(words())
        .containsExactly("band E", "promise broken", "45 days overdue", "days late: 2");
    daysLate = 0;
    bestHour = true;
    assertThat(words())
        .containsExactly(
            "band E", "promise broken", "45 days overdue", "waits for 9 days", "best hour to call");
  }

  @Test
  void whoWillPayAnywayComesLaterThanWhoBrokeAPromise() {
    band = "A";
    BigDecimal good = percent();
    band = "D";
    BigDecimal bad = percent();
    promise = "broken";
    assertThat(percent()).isGreaterThan(bad);
    promise = "open";
    assertThat(percent()).isLessThan(bad);
    assertThat(good).isLessThan(bad);
  }

  @Test
  void moreMoneyComesFirstAndSoDoesWhatCountsMore() {
    assertThat(standing("5000", ALL, 50)).isLessThan(standing("4999", ALL, 50));
    assertThat(standing("1000", BigDecimal.valueOf(190), 50)).isLessThan(standing("1500", ALL, 50));
    assertThat(standing("1000", ALL, 100)).isLessThan(standing("1500", ALL, 50));
    assertThat(standing("1000000000000", BigDecimal.valueOf(300), 100)).isNotNegative();
    assertThat(standing("0.01", BigDecimal.valueOf(-50), 0)).isBetween(999_990, 1_000_000);
  }

  /** A signal of a payer who owes nothing is no reason to be ahead of money, nor to be the last. */
  @Test
  void whatIsAboutNoMoneyGoesByItsPriority() {
    assertThat(TaskRouting.standing(null, ALL, 80))
        .isLessThan(TaskRouting.standing(BigDecimal.ZERO, ALL, 40))
        .isGreaterThan(standing("10000", ALL, 50))
        .isLessThan(standing("1", ALL, 50));
  }

  @Test
  void aDecisionThatNamesAnUnknownSkillIsToldAndNotFollowed() throws IOException {
    String xml =
        Files.readString(Path.of("bpmn/task-routing.dmn")).replace("\"senior\"", "\"expert\"");
    TaskRouting changed = new TaskRouting(TestDecisions.deployed(xml));
    segment = "key-account";
    assertThatThrownBy(() -> changed.of(facts()))
        .isInstanceOf(DecisionFailed.class)
        .hasMessageContaining("skill can be any or senior, not 'expert'");
  }

  private static int standing(String stake, BigDecimal percent, int priority) {
    return TaskRouting.standing(new BigDecimal(stake), percent, priority);
  }

  private String where() {
    TaskRouting.Route route = routing.of(facts());
    return route.queue() + " " + route.skill();
  }

  private List<String> words() {
    return routing.of(facts()).words();
  }

  private BigDecimal percent() {
    return routing.of(facts()).percent();
  }

  private RoutingFacts facts() {
    return new RoutingFacts(
        type,
        owner,
        amountBand,
        band,
        daysOverdue,
        segment,
        "FR",
        promise,
        daysLate,
        daysWaited,
        bestHour);
  }
}
