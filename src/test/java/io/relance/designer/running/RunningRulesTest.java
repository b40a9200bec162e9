package io.relance.designer.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("How timers, reasons and causes are read")
class RunningRulesTest {

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT10H | 2026-03-02T19:00:00Z",
        "P3D | 2026-03-05T09:00:00Z",
        "P1DT2H | 2026-03-03T11:00:00Z",
        "P1M | 2026-04-02T09:00:00Z",
        "R3/P7D | 2026-03-09T09:00:00Z",
        "=duration(\"P14D\") | 2026-03-16T09:00:00Z",
        "=\"PT1H\" | 2026-03-02T10:00:00Z",
        "=@\"PT1H\" | 2026-03-02T10:00:00Z",
        "2026-05-01T10:00:00+02:00[Europe/Paris] | 2026-05-01T08:00:00Z",
        "=date and time(\"2026-05-01T10:00:00Z\") | 2026-05-01T10:00:00Z",
      })
  void aTimerEndsWhenItsTextSays(String text, Instant due) {
    assertThat(TimerText.dueFrom(text, NOW)).contains(due);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=date and time(nextStepAt)", "=wait", "0 0 9 * * MON", "", "P", "PX"})
  void whatDependsOnTheCaseIsNotGuessed(String text) {
    assertThat(TimerText.dueFrom(text, NOW)).isEmpty();
  }

  @Test
  void theEnginesReasonsHaveOurWords() {
    assertThat(
            EngineReasons.of(
                "Expected to migrate process instance '1' but active element with id 'U' and type"
                    + " 'USER_TASK' is mapped to an element with id 'T' and different type"
                    + " 'INTERMEDIATE_CATCH_EVENT'."))
        .isEqualTo("type");
    assertThat(
            EngineReasons.of(
                "Expected to migrate process instance '1' but a concurrent command was executed on"
                    + " the process instance."))
        .isEqualTo("moving");
    assertThat(EngineReasons.of("something new")).isEqualTo("other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JOB_NO_RETRIES | boom | job",
        "EXTRACT_VALUE_ERROR | Failed to extract the correlation key for 'k': The value must be |"
            + " correlation",
        "EXTRACT_VALUE_ERROR | Expected result of the expression 'a < 0' to be 'BOOLEAN', but was"
            + " 'NULL'. | condition",
        "EXTRACT_VALUE_ERROR | Expected result of the expression 'd' to be one of '[DURATION,"
            + " PERIOD, STRING]' | timer",
        "FORM_NOT_FOUND | Expected to find a form with id 'x' | form",
        "SOMETHING_NEW | ? | other",
      })
  void anIncidentHasACause(String type, String message, String cause) {
    assertThat(IncidentCause.of(type, message)).isEqualTo(cause);
  }

  @Test
  void whatIsMissingIsReadFromTheEnginesWords() {
    assertThat(
            IncidentCause.missing(
                "[NO_VARIABLE_FOUND] No variable found with name 'go'\n"
                    + "[NO_VARIABLE_FOUND] No variable found with name 'go'"))
        .containsExactly("go");
    assertThat(IncidentCause.alike("invoice 12 of payer 7"))
        .isEqualTo(IncidentCause.alike("invoice 977 of payer 8"));
  }
}
