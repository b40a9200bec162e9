package io.relance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a designer drags is what our own models are made of; the build checks it by Camunda's
 * schema.
 */
class ElementTemplatesTest {

  private static final Path TEMPLATES = Path.of("bpmn/.camunda/element-templates/relance.json");

  @TempDir Path folder;

  @Test
  void theTemplatesThatShipAreSound() throws Exception {
    assertThat(check(Files.readString(TEMPLATES))).isEmpty();
  }

  @Test
  void aTemplateThatLeadsNowhereIsTold() throws Exception {
    String shipped = Files.readString(TEMPLATES);
    assertThat(check(shipped.replace("casework.request-call", "casework.request-cal")))
        .anyMatch(l -> l.contains("io.relance.request-call: nobody works on jobs"));
    assertThat(check(shipped.replace("\"case-review\"", "\"case-revue\"")))
        .anyMatch(l -> l.contains("io.relance.review-case: there is no form"));
    assertThat(check(shipped.replace("\"zeebe:taskHeader\"", "\"zeebe:nothing\"")))
        .anyMatch(l -> l.startsWith("error relance.json"));
  }

  /** Each value that a template sets for its step occurs in a model or decision of ours. */
  @Test
  void theModelsUseWhatTheTemplatesOffer() throws IOException {
    StringBuilder models = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("bpmn"))) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*\\.(bpmn|dmn)")).sorted().toList()) {
        models.append(Files.readString(file));
      }
    }
    String all = models.toString().replace("&#34;", "\"");
    Set<String> offered = new TreeSet<>();
    for (JsonNode template : new JsonMapper().readTree(Files.readString(TEMPLATES))) {
      for (JsonNode property : template.path("properties")) {
        String kind = property.path("binding").path("property").asString("");
        if (Set.of("type", "formId", "decisionId", "resultVariable").contains(kind)) {
          offered.add(property.path("value").asString());
        }
        property.path("choices").forEach(c -> offered.add(c.path("value").asString()));
        if (property.path("binding").path("type").asString("").equals("zeebe:output")) {
          offered.add(property.path("value").asString());
        }
      }
    }
    assertThat(offered).isNotEmpty().allSatisfy(value -> assertThat(all).contains(value));
  }

  private List<String> check(String templates) throws Exception {
    Path bpmn = Files.createDirectories(folder.resolve("bpmn"));
    Path target = Files.createDirectories(bpmn.resolve(".camunda/element-templates"));
    Files.writeString(target.resolve("relance.json"), templates);
    if (!Files.exists(folder.resolve("forms"))) {
      Files.createSymbolicLink(folder.resolve("forms"), Path.of("forms").toAbsolutePath());
    }
    Process node =
        new ProcessBuilder("node", "lint/check.mjs", bpmn.toString())
            .directory(Path.of("src/main/frontend").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    node.waitFor();
    return said.lines().filter(l -> l.contains("relance.json")).collect(Collectors.toList());
  }
}
