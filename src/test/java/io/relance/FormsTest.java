package io.relance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every form is there in French, and asks for the same in the same way. */
class FormsTest {

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void everyFormHasAFrenchOneThatAsksForTheSame() throws IOException {
    List<Path> english;
    try (Stream<Path> files = Files.list(Path.of("forms"))) {
      english = files.filter(f -> !f.toString().endsWith("-fr.form")).sorted().toList();
    }
    assertThat(english).isNotEmpty();
    for (Path form : english) {
      Path french = Path.of(form.toString().replace(".form", "-fr.form"));
      assertThat(french).exists();
      assertThat(asked(french)).as(french.toString()).isEqualTo(asked(form));
      assertThat(words(french)).as(french.toString()).doesNotContainAnyElementsOf(words(form));
    }
  }

  /** What each field takes: its key, kind, choices, rules and when it is hidden. */
  private Map<String, String> asked(Path form) throws IOException {
    Map<String, String> asked = new TreeMap<>();
    for (JsonNode field : json.readTree(Files.readString(form)).path("components")) {
      StringBuilder values = new StringBuilder();
      field.path("values").forEach(v -> values.append(v.path("value").asString()).append(' '));
      String before =
          asked.put(
              field.path("id").asString(),
              String.join(
                  "|",
                  field.path("key").asString(""),
                  field.path("type").asString(),
                  values,
                  field.path("valuesKey").asString(""),
                  field.path("validate").toString(),
                  field.path("conditional").toString()));
      assertThat(before).as("a form is not shown with a field twice: " + field).isNull();
    }
    return asked;
  }

  /** What a reader sees of more than one word. */
  private List<String> words(Path form) throws IOException {
    return json.readTree(Files.readString(form)).findValuesAsString("label").stream()
        .filter(label -> label.contains(" "))
        .toList();
  }
}
