package io.relance.casework;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.engine.Decisions;
import io.relance.engine.TestDecisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plan that ships: who hears what when, and what holds for every payer. */
class TreatmentTest {

  private static final List<String> TONES = List.of("courteous", "firm", "final");
  private static final int CONTACTS_IN_SEVEN_DAYS = 2;

  private final Decisions decisions = TestDecisions.shipped();

  /** What a payer goes through if they never pay: the step at each day on which one is due. */
  private Map<Integer, Map<?, ?>> road(Map<String, Object> payer) {
    Map<Integer, Map<?, ?>> road = new TreeMap<>();
    List<String> done = new ArrayList<>();
    Object day = 0;
    while (day instanceof Number number) {
      Map<?, ?> treatment = treatment(payer, number.intValue(), done);
      if (treatment.get("step") != null) {
        road.put(number.intValue(), treatment);
        done.add(treatment.get("step").toString());
      }
      assertThat(treatment.get("nextDay")).as("no standing still").isNotEqualTo(day);
      day = treatment.get("nextDay");
    }
    return road;
  }

  private Map<?, ?> treatment(Map<String, Object> payer, int daysOverdue, List<String> done) {
    return treatment(payer, daysOverdue, done, null);
  }

  private Map<?, ?> treatment(
      Map<String, Object> payer,
      int daysOverdue,
      List<String> done,
      @Nullable Integer workdaysSinceStep) {
    Map<String, Object> situation = new HashMap<>(payer);
    situation.put("workdaysSinceStep", workdaysSinceStep);
    situation.put("daysOverdue", daysOverdue);
    situation.put("stepsDone", done);
    Object said = decisions.evaluate("treatment", Map.of("situation", situation)).output();
    assertThat(said).isInstanceOf(Map.class);
    return (Map<?, ?>) said;
  }

  private static Map<String, Object> payer(
      String band, String amount, String segment, String tenure, int brokenPromises) {
    return reachedBy(band, amount, segment, tenure, brokenPromises, "email", "call");
  }

  /** The first channel is the one that works best. */
  private static Map<String, Object> reachedBy(
      String band,
      String amount,
      String segment,
      String tenure,
      int brokenPromises,
      String... channels) {
    return Map.of(
        "band", band,
        "amountBand", amount,
        "segment", segment,
        "tenure", tenure,
        "brokenPromises", brokenPromises,
        "channel", channels[0],
        "reachableBy", List.of(channels));
  }

  @Test
  void everyRoadEndsWithAPersonGrowsFirmerAndLeavesRoom() {
    for (String band : List.of("A", "B", "C", "D", "E")) {
      for (String amount : List.of("small", "large")) {
        for (int broken : List.of(1, 2)) {
          for (String tenure : List.of("new", "established", "loyal")) {
            check(payer(band, amount, "", tenure, broken));
          }
          check(payer(band, amount, "key-account", "established", broken));
          for (String channel : List.of("email", "sms", "whatsapp", "letter")) {
            check(
                reachedBy(
                    band,
                    amount,
                    "key-account",
                    "loyal",
                    broken,
                    channel,
                    "sms",
                    "call",
                    "letter"));
            check(reachedBy(band, amount, "", "new", broken, channel, "sms", "call", "letter"));
          }
        }
      }
    }
  }

  private void check(Map<String, Object> payer) {
    Map<Integer, Map<?, ?>> road = road(payer);
    List<Integer> days = new ArrayList<>(road.keySet());
    assertThat(road.get(days.getLast()).get("action")).as(payer.toString()).isEqualTo("review");
    List<Integer> tones =
        road.values().stream()
            .filter(step -> step.get("tone") != null)
            .map(step -> TONES.indexOf(step.get("tone").toString()))
            .toList();
    assertThat(tones).as(payer.toString()).isSorted().doesNotContain(-1);
    for (int day : days) {
      long within = days.stream().filter(d -> d >= day && d < day + 7).count();
      assertThat(within)
          .as("%s from day %d", payer, day)
          .isLessThanOrEqualTo(CONTACTS_IN_SEVEN_DAYS);
    }
  }

  @Test
  void remindersGoByTheChannelThatWorks() {
    for (String channel : List.of("email", "sms", "whatsapp", "letter")) {
      Map<String, Object> payer =
          reachedBy("C", "standard", "", "established", 0, channel, "email", "call");
      assertThat(treatment(payer, 3, List.of()).get("action")).hasToString(channel);
    }
    Map<String, Object> nobody = new HashMap<>(payer("C", "standard", "", "established", 0));
    nobody.put("channel", null);
    nobody.put("reachableBy", List.of("call"));
    assertThat(treatment(nobody, 3, List.of()).get("action")).hasToString("email");
  }

  @Test
  void smallAmountsGetAFewWordsWhereLargeOnesGetACallLettersAndVisits() {
    Map<String, Object> small =
        reachedBy("D", "small", "", "established", 0, "email", "sms", "call", "letter");
    assertThat(actions(small)).containsExactly("email", "sms", "email", "review");
    Map<String, Object> large =
        reachedBy("D", "large", "", "established", 0, "email", "sms", "call", "letter");
    assertThat(actions(large))
        .containsExactly("email", "call", "email", "letter", "handover", "review");
    assertThat(actions(payer("D", "small", "", "established", 0)))
        .as("without a mobile number and an address")
        .containsExactly("email", "email", "review");
    assertThat(actions(payer("B", "large", "key-account", "established", 0)))
        .containsExactly("call", "email", "email", "call", "visit", "email", "review");
  }

  private List<String> actions(Map<String, Object> payer) {
    return road(payer).values().stream().map(step -> step.get("action").toString()).toList();
  }

  /** Whoever comes late, and takes a step late, leaves the business days that the plan wants. */
  @Test
  void stepsLeaveRoomInBusinessDays() {
    Map<String, Object> payer = payer("D", "standard", "", "established", 0);
    Map<?, ?> tooSoon = treatment(payer, 14, List.of("firm-reminder", "call"), 1);
    assertThat(tooSoon.get("step")).isNull();
    assertThat(tooSoon.get("action")).hasToString("wait");
    assertThat(tooSoon.get("nextDay")).hasToString("14");
    assertThat(tooSoon.get("nextAfter")).hasToString("2");
    Map<?, ?> room = treatment(payer, 14, List.of("firm-reminder", "call"), 2);
    assertThat(room.get("step")).hasToString("final-reminder");
    Map<?, ?> late = treatment(payer, 25, List.of("firm-reminder", "call"), 2);
    assertThat(late.get("step")).as("no two steps at once").hasToString("final-reminder");
    assertThat(late.get("nextDay")).as("what was due is not lost").hasToString("24");
    assertThat(late.get("nextAfter")).hasToString("3");
  }

  @Test
  void loyalPayersHearLaterAndBadOnesAreToldFirmlyAtOnce() {
    assertThat(road(payer("A", "standard", "", "loyal", 0)).keySet()).first().isEqualTo(8);
    assertThat(road(payer("A", "standard", "", "established", 0)).keySet()).first().isEqualTo(5);
    Map<Integer, Map<?, ?>> bad = road(payer("E", "standard", "", "established", 0));
    assertThat(bad.get(2).get("tone")).hasToString("firm");
    assertThat(bad.get(7).get("action")).hasToString("call");
  }

  @Test
  void newPayersWithMuchAtStakeAreCalledEarlyAndKeyAccountsAtOnce() {
    assertThat(road(payer("C", "large", "", "new", 0)).get(8).get("step"))
        .hasToString("early-call");
    assertThat(road(payer("C", "large", "", "established", 0)).get(8)).isNull();
    assertThat(road(payer("B", "small", "key-account", "loyal", 0)).get(1).get("step"))
        .hasToString("key-account-call");
  }

  @Test
  void twoBrokenPromisesAreABadRecord() {
    assertThat(road(payer("C", "standard", "", "established", 2)))
        .isEqualTo(road(payer("D", "standard", "", "established", 0)));
    assertThat(road(payer("C", "standard", "", "established", 1)).keySet()).first().isEqualTo(3);
  }

  /** No case falls silent: neither one that no row fits, nor one that has been through it all. */
  @Test
  void whereNothingIsLeftAPersonDecides() {
    Map<?, ?> unknown = treatment(payer("F", "standard", "", "established", 0), 9, List.of());
    assertThat(unknown.get("action")).hasToString("review");
    List<String> all =
        List.of(
            "courteous-reminder", "firm-reminder", "call", "final-reminder", "handover", "review");
    Map<?, ?> through = treatment(payer("C", "standard", "", "established", 0), 60, all);
    assertThat(through.get("action")).hasToString("review");
  }

  @Test
  void whatWasMissedIsPassedOverAndTheLatestIsTaken() {
    Map<?, ?> late = treatment(payer("C", "standard", "", "established", 0), 18, List.of());
    assertThat(late.get("step")).hasToString("call");
    assertThat(late.get("skipped")).hasToString("[courteous-reminder, firm-reminder]");
    assertThat(((Number) java.util.Objects.requireNonNull(late.get("nextDay"))).intValue())
        .isEqualTo(25);
  }
}
