package io.relance.designer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.feel.FeelEngineClock;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.valuemapper.CustomValueMapper;
import org.camunda.feel.valuemapper.ValueMapper;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The linter's list of functions is that of the library that the engine computes with. */
class FeelVocabularyTest {

  @Test
  void namesWhatTheEngineKnows() throws IOException {
    JsonNode vocabulary =
        JsonMapper.shared()
            .readTree(Files.readAllBytes(Path.of("src/main/frontend/lint/vocabulary.json")));
    List<String> ours =
        vocabulary.path("feelFunctions").valueStream().map(name -> name.asString()).toList();
    Seq<CustomValueMapper> none =
        CollectionConverters.asScala(List.<CustomValueMapper>of()).toSeq();
    BuiltinFunctions engine =
        new BuiltinFunctions(
            FeelEngineClock.SystemClock$.MODULE$,
            new ValueMapper.CompositeValueMapper(none.toList()));
    assertThat(ours)
        .containsExactlyInAnyOrderElementsOf(
            CollectionConverters.asJavaCollection(engine.functionNames().toSet()));
  }
}
