package io.relance.analytics.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrailTest {

  private static Trail of(String... steps) {
    Trail trail = new Trail();
    for (String step : steps) {
      trail.visit(step);
    }
    return trail;
  }

  @Test
  void stepsStandInTheirOrder() {
    assertThat(of("open", "send", "call").steps()).isEqualTo("open send call");
  }

  @Test
  void aStepThatIsDoneSeveralTimesInARowIsToldOnce() {
    assertThat(of("open", "send", "send", "send", "call").steps()).isEqualTo("open send*3 call");
  }

  @Test
  void aRoundOfSeveralStepsIsToldOnce() {
    assertThat(of("open", "read", "send", "read", "send", "read", "send", "end").steps())
        .isEqualTo("open read+send*3 end");
  }

  @Test
  void fourTimesAndMoreAreTheSameWay() {
    assertThat(of("send", "send", "send", "send").steps())
        .isEqualTo(of("send", "send", "send", "send", "send", "send").steps())
        .isEqualTo("send*4");
  }

  @Test
  void aWayThatIsTooLongIsCutAndItsEndIsTold() {
    Trail trail = new Trail();
    for (int i = 0; i < 100; i++) {
      trail.visit("s" + i);
    }
    trail.end("End");
    assertThat(Trail.itemsOf(trail.steps())).hasSizeLessThanOrEqualTo(Trail.ITEMS_MAX + 2);
    assertThat(trail.steps()).startsWith("s0 s1 ").endsWith(" s19 ... End");
    assertThat(trail.visits()).hasSize(100);
  }

  @Test
  void itGoesOnFromWhatWasKeptAsIfItHadNeverStopped() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Trail whole = new Trail();
      Trail kept = new Trail();
      for (int i = 0; i < 60; i++) {
        String step = "t" + random.nextInt(4);
        int times = whole.visit(step);
        assertThat(kept.visit(step)).isEqualTo(times);
        kept = Trail.ofState(kept.toState());
        assertThat(kept.steps()).isEqualTo(whole.steps());
      }
    }
  }

  @Test
  void roundsKeepTheNumberOfWaysSmallHoweverOftenCasesGoRound() {
    Set<String> ways = new HashSet<>();
    for (int rounds = 1; rounds <= 500; rounds++) {
      Trail trail = of("open");
      for (int i = 0; i < rounds; i++) {
        trail.visit("read");
        trail.visit("send");
        trail.visit("record");
      }
      trail.end("End");
      ways.add(trail.steps());
    }
    assertThat(ways).hasSize(4);
  }

  @Test
  void ofARoundThatIsUnderWayTheStepsBehindItAreKept() {
    assertThat(of("a", "b", "a", "b", "a").steps()).isEqualTo("a+b*2 a");
    assertThat(of("a", "b", "a", "b", "a", "b").steps()).isEqualTo("a+b*3");
  }
}
