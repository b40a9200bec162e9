package io.relance.designer;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.engine.ModelFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsNamedTest {

  private static final Map<String, Object> FACTS =
      Map.of(
          "situation", Map.of("band", "A", "daysOverdue", 12),
          "payer", Map.of("name", "X", "größe", 3, "first name", "Y"),
          "note", "n");

  private static FactsNamed named(String... expressions) {
    StringBuilder xml = new StringBuilder("<definitions name=\"note\">");
    for (String expression : expressions) {
      xml.append("<text>").append(expression).append("</text>");
    }
    return new FactsNamed(
        new ModelFile("a.dmn", (xml + "</definitions>").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void onlyPartsThatAreNamedMatter() {
    assertThat(named("situation.band", "&lt; 2").of(FACTS))
        .isEqualTo(Map.of("situation", Map.of("band", "A")));
    assertThat(named("payer . größe &gt; 2").of(FACTS))
        .isEqualTo(Map.of("payer", Map.of("größe", 3, "first name", "Y")));
  }

  @Test
  void whoIsNamedAsAWholeMattersWithAllParts() {
    assertThat(named("situation.band", "get value(situation, \"x\")").of(FACTS))
        .isEqualTo(Map.of("situation", FACTS.get("situation")));
  }

  @Test
  void attributesAreNoExpressions() {
    assertThat(named("situation.band").of(FACTS)).doesNotContainKey("note");
    assertThat(named("note").of(FACTS)).isEqualTo(Map.of("note", "n"));
  }
}
