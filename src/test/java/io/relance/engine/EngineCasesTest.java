package io.relance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The engine's answers about running cases. */
class EngineCasesTest {

  @Test
  void keepTheEnginesWordsAndNothingElse() {
    assertThat(
            EngineCases.wordsOf(
                "FAILED_PRECONDITION: Command 'MIGRATE' rejected with code 'INVALID_STATE':"
                    + " Expected to migrate"))
        .isEqualTo("Expected to migrate");
    assertThat(EngineCases.wordsOf("Command 'MODIFY' rejected with code 'INVALID_ARGUMENT': No"))
        .isEqualTo("No");
    assertThat(EngineCases.wordsOf(null)).isEmpty();
  }

  @Test
  void tellWhatIsGoneFromWhatIsRefused() {
    assertThat(
            EngineCases.read(
                    "Expected to migrate process instance but no process instance found", true)
                .outcome())
        .isEqualTo(EngineCases.Outcome.GONE);
    assertThat(EngineCases.read("but no process definition found with key '4711'", true).outcome())
        .isEqualTo(EngineCases.Outcome.REFUSED);
    assertThat(
            EngineCases.read(
                    "terminate instructions with an element instance that could not be found: '9'",
                    false)
                .outcome())
        .isEqualTo(EngineCases.Outcome.GONE);
    assertThat(
            EngineCases.read("but a concurrent command was executed on the process instance", false)
                .outcome())
        .isEqualTo(EngineCases.Outcome.MOVING);
  }
}
