package io.relance.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.ModelCoverage;
import io.relance.support.SharedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * After all stories, which run before it by their names: every flow and element of every model was
 * gone through on the real engine. The figures are left in target/model-coverage.txt.
 */
@DisabledIfSystemProperty(
    named = "test",
    matches = ".+",
    disabledReason = "it counts what all stories together went through")
class WholeModelsTest {

  @Test
  void everyPathOfEveryModelWasRun() {
    assertThat(ModelCoverage.of(SharedServer.get().database()))
        .isNotEmpty()
        .allSatisfy(model -> assertThat(model.missed()).as(model.model()).isEmpty());
  }
}
