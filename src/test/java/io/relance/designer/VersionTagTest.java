package io.relance.designer;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.engine.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VersionTagTest {

  private final ModelReader reader = new ModelReader(JsonMapper.shared());

  @Test
  void standsBesideWhatIsThereAndNothingElseChanges() {
    String before =
        "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:z=\"http://camunda.org/schema/zeebe/1.0\">\n"
            + "  <!-- <b:process isExecutable=\"true\"> -->\n"
            + "  <b:process id=\"p\" isExecutable=\"true\" name=\"a > b\">\n"
            + "    <b:documentation>why</b:documentation>\n"
            + "    <b:extensionElements>\n      <z:other/>\n    </b:extensionElements>\n"
            + "  </b:process>\n  <b:process id=\"q\"/>\n</b:definitions>";
    assertThat(tagged("x.bpmn", before, "1.0"))
        .isEqualTo(
            before.replace(
                "<b:extensionElements>\n      <z:other/>",
                "<b:extensionElements>\n      <z:versionTag value=\"1.0\"/>\n      <z:other/>"));
  }

  @Test
  void replacesTheTagThatIsThere() {
    String first = tagged("x.bpmn", plain(""), "first");
    assertThat(first).contains("<zeebe:versionTag", "value=\"first\"/>");
    assertThat(tagged("x.bpmn", first, "second")).isEqualTo(first.replace("first", "second"));
    assertThat(tagged("x.bpmn", plain("<b:extensionElements/>"), "1.0")).contains("value=\"1.0\"");
  }

  @Test
  void aFormHasItAmongItsOwnProperties() {
    String form = "{\n  \"id\": \"f\",\n  \"components\": [{\"versionTag\": \"no\"}]\n}\n";
    String first = tagged("f.form", form, "1.0");
    assertThat(first)
        .isEqualTo(
            "{\n  \"versionTag\": \"1.0\",\n  \"id\": \"f\",\n  \"components\": [{\"versionTag\": \"no\"}]\n}\n");
    assertThat(tagged("f.form", first, "2.0")).isEqualTo(first.replace("1.0", "2.0"));
    String later = "{\"id\": \"f\", \"versionTag\" : \"old\" , \"components\": []}";
    assertThat(tagged("f.form", later, "n")).isEqualTo(later.replace("old", "n"));
  }

  @Test
  void everythingThatShipsCanBeTaggedAndReadAgain() throws IOException {
    for (Path folder : List.of(Path.of("bpmn"), Path.of("forms"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path path : files.filter(Files::isRegularFile).toList()) {
          ModelFile file = new ModelFile(path.getFileName().toString(), Files.readAllBytes(path));
          ModelFile tagged = VersionTag.write(file, "2026-11.2");
          assertThat(tagged.text()).as(file.name()).contains("2026-11.2");
          assertThat(reader.read(tagged).elements())
              .as(file.name())
              .isEqualTo(reader.read(file).elements());
          assertThat(VersionTag.write(tagged, "2026-11.2")).as(file.name()).isEqualTo(tagged);
        }
      }
    }
  }

  private static String plain(String inside) {
    return "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><b:process id=\"p\" isExecutable='true'>"
        + inside
        + "<b:startEvent id=\"s\"/></b:process></b:definitions>";
  }

  private static String tagged(String name, String text, String tag) {
    return VersionTag.write(new ModelFile(name, text.getBytes(StandardCharsets.UTF_8)), tag).text();
  }
}
