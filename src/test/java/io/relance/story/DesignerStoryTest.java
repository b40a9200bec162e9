package io.relance.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Designers are told by the running application what is wrong with a model, as by the build. */
class DesignerStoryTest {

  private final Server server = SharedServer.get();

  @Test
  void whatShipsIsAsItShouldBe() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("bpmn"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        JsonNode report = lint(Files.readString(file));
        assertThat(report.path("errors").asInt()).as(file + ": " + report).isZero();
      }
    }
  }

  @Test
  void aModelThatWouldAskForWhatIsPaidIsTold() throws IOException {
    String model = Files.readString(Path.of("bpmn/payer-call.bpmn"));
    JsonNode report = lint(model.replace("name=\"call-dropped\"", "name=\"call-requested\""));
    assertThat(report.path("errors").asInt()).isPositive();
    assertThat(report.path("findings").findValuesAsString("element"))
        .contains("Task_CallPayer", "Task_VisitPayer");
    assertThat(report.toString()).contains("could be asked for what they paid");
  }

  @Test
  void aPlanThatContactsTooOftenIsTold() throws IOException {
    String plan = Files.readString(Path.of("bpmn/treatment.dmn"));
    assertThat(lint(plan.replace("<text>17</text>", "<text>12</text>")).toString())
        .contains(
            "relance/contact-cap", "early-call on day 8, firm-reminder on day 10, call on day 12");
  }

  @Test
  void whatIsNoModelIsRefusedInWords() {
    assertThat(lint("<html>no</html>").toString()).contains("error");
    assertThat(lint("").toString()).contains("error");
    assertThat(
            lint("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><definitions>&e;</definitions>")
                .toString())
        .contains("document type");
    assertThat(lint("x".repeat(2_000_001)).toString()).contains("larger than");
  }

  @Test
  void itIsForDesigners() {
    for (String user : List.of("designer", "manager", "admin")) {
      assertThat(server.post("/api/v1/models/lint", "{}", user).status()).isNotEqualTo(403);
    }
    server.post("/api/v1/models/lint", "{}", "agent").expect(403);
  }

  private JsonNode lint(String file) {
    return server
        .upload("/api/v1/models/lint", file.getBytes(StandardCharsets.UTF_8), Map.of())
        .expect(200)
        .json();
  }
}
