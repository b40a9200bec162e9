package io.relance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decisions as they are evaluated beside the engine. */
class DecisionsTest {

  private static final String TABLE =
      """
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="D" namespace="n">
        <decision id="tone" name="Tone">
          <decisionTable id="t" hitPolicy="UNIQUE">
            <input id="i"><inputExpression id="e" typeRef="number"><text>days</text></inputExpression></input>
            <output id="o" name="tone" typeRef="string"/>
            <rule id="soft"><description>A few days</description><inputEntry id="s1"><text>&lt; 10</text></inputEntry>
              <outputEntry id="s2"><text>"soft"</text></outputEntry></rule>
            <rule id="hard"><inputEntry id="h1"><text>[8..30]</text></inputEntry>
              <outputEntry id="h2"><text>"hard"</text></outputEntry></rule>
          </decisionTable>
        </decision>
      </definitions>
      """;

  private final Decisions decisions = TestDecisions.deployed(TABLE);

  @Test
  void tellsTheRowThatFiredWithItsWords() {
    Decisions.Outcome outcome = decisions.evaluate("tone", Map.of("days", 3));
    assertThat(outcome.output()).isEqualTo("soft");
    assertThat(outcome.version()).isEqualTo(7);
    assertThat(outcome.hits())
        .containsExactly(new Decisions.Hit("tone", "soft", "A few days", "soft"));
  }

  @Test
  void noRowIsAClearFailure() {
    assertThatThrownBy(() -> decisions.evaluate("tone", Map.of("days", 99)))
        .isInstanceOf(DecisionFailed.class)
        .hasMessage("Decision 'tone' could not be made: no row applies; it was given {days=99}");
  }

  @Test
  void twoRowsWhereOneMayFireAreAClearFailure() {
    assertThatThrownBy(() -> decisions.evaluate("tone", Map.of("days", 9)))
        .isInstanceOf(DecisionFailed.class)
        .hasMessageContaining("UNIQUE");
  }

  @Test
  void aDecisionThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> TestDecisions.shipped().evaluate("no-such-decision", Map.of()))
        .isInstanceOf(DecisionFailed.class)
        .hasMessageContaining("'no-such-decision'", "no decision of that id is deployed");
  }

  @Test
  void aFileThatIsNoDecisionIsNamed() {
    assertThatThrownBy(() -> TestDecisions.deployed("<nonsense/>").evaluate("tone", Map.of()))
        .isInstanceOf(DecisionFailed.class)
        .hasMessageContaining("'tone'");
  }
}
