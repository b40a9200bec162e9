package io.relance;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The linter says of each fault what would go wrong, and nothing of what ships. */
class ModelLintTest {

  private static final Path LINTER = Path.of("src/main/frontend/lint/check.mjs").toAbsolutePath();
  private static final String WORDS =
      """
      {"messages": {"settled": {"exit": true}, "begin": {}},
       "jobTypes": {"remind": {"contact": true, "amicable": true}, "notice": {"formalNotice": true},
                    "sue": {"legal": true}, "post": {"letter": true}, "read": {}}}
      """;

  private record Result(int exit, String text) {}

  @TempDir private Path folder;

  @Test
  void whatShipsIsClean() throws Exception {
    assertThat(lint(Path.of("bpmn").toAbsolutePath())).isEqualTo(new Result(0, ""));
  }

  /** A model that ships, with one thing changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payer-call.bpmn         | casework.plan-call                          | casework.plan-cal              | job-type        | Nobody works on jobs of the type "casework.plan-cal"
          payer-call.bpmn         | retries="5"                                 | retries="1"                    | retries         | one bad moment
          payer-call.bpmn         | formId="payer-call"                         | formId=""                      | user-task-form  | has no form
          payer-call.bpmn         | formId="payer-call" bindingType="deployment"| formId="payer-call"            | user-task-form  | not bound to the deployment
          payer-call.bpmn         | <zeebe:userTask/>                           |                                | user-task-form  | not a Camunda user task
          payer-call.bpmn         | =date and time(permission.at)               | =now() + duration("P3D")       | timer-calendar  | does not follow the business calendar
          payment-plan.bpmn       | name="plan-proposed"                        | name="plan-wanted"             | message-name    | Nobody sends the message "plan-wanted"
          payer-call.bpmn         | name="call-dropped"                         | name="call-requested"          | exit-on-payment | could be asked for what they paid
          invoice-collection.bpmn | isInterrupting="true"                       | isInterrupting="false"         | exit-on-payment | could be asked for what they paid
          """)
  void aFaultIsNamedAtItsElement(
      String model, String right, String wrong, String rule, String words) throws Exception {
    String xml = Files.readString(Path.of("bpmn", model));
    assertThat(xml).contains(right);
    String changed = xml.replace(right, wrong == null ? "" : wrong);
    Result result = lint(Files.writeString(folder.resolve(model), changed));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.text().lines())
        .anyMatch(l -> l.contains(words) && l.endsWith("(relance/" + rule + ")"));
  }

  /** What an engine cannot do is an error with that engine only. */
  @Test
  void theRulesAreThoseOfTheEngineThatIsConnected() throws Exception {
    String prefix = Files.readString(Path.of("bpmn", "payer-call.bpmn"));
    String closing = prefix.contains("</bpmn:process>") ? "</bpmn:process>" : "</process>";
    String of = closing.replace("</", "<").replace("process>", "adHocSubProcess");
    Path model =
        Files.writeString(
            folder.resolve("any-order.bpmn"),
            prefix.replace(
                closing,
                of
                    + " id=\"Sub_AnyOrder\" name=\"In any order\"></"
                    + of.substring(1)
                    + ">"
                    + closing));
    String newer = "only allowed by Camunda 8.7 or newer";
    assertThat(lint(model).text()).contains(newer);
    assertThat(run("--engine", "8.6.3", model.toString()).text()).contains(newer);
    assertThat(run("--engine", "8.7.0", model.toString()).text()).doesNotContain(newer);
    assertThat(run("--engine", "8.12.1", model.toString()).text()).doesNotContain(newer);
  }

  @Test
  void aFileThatIsNoModelIsTold() throws Exception {
    Result result = lint(Files.writeString(folder.resolve("x.bpmn"), "<html>no</html>"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.text()).contains("error x.bpmn");
  }

  @Test
  void aLegalStepComesAfterAFormalNoticeAndAnAmicableAttempt() throws Exception {
    assertThat(reports("legal-order", b -> b)).hasSize(2);
    assertThat(reports("legal-order", b -> b.replace("1:read", "1:remind"))).hasSize(1);
    assertThat(
            reports(
                "legal-order", b -> b.replace("1:read", "1:remind").replace("2:read", "2:notice")))
        .isEmpty();
  }

  /** The steps of a small model, each "name:job type", the last one legal. */
  private List<String> reports(String rule, UnaryOperator<String> change) throws Exception {
    var builder = Bpmn.createExecutableProcess("p").startEvent("start");
    var last = builder.serviceTask("first", t -> t.zeebeJobType("read"));
    for (String step : change.apply("1:read 2:read 3:sue").split(" ")) {
      String[] named = step.split(":");
      last =
          last.serviceTask("step" + named[0], t -> t.zeebeJobType(named[1]).zeebeJobRetries("5"));
    }
    return found(rule, last.endEvent("end").done());
  }

  /** Round it around the step that the law wants: one way past it is enough to be told. */
  @Test
  void aWayPastTheFormalNoticeIsFound() throws Exception {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("p")
            .startEvent("start")
            .serviceTask("kindly", t -> t.zeebeJobType("remind"))
            .exclusiveGateway("large")
            .defaultFlow()
            .serviceTask("formally", t -> t.zeebeJobType("notice"))
            .exclusiveGateway("join")
            .serviceTask("court", t -> t.zeebeJobType("sue"))
            .endEvent("end")
            .moveToNode("large")
            .conditionExpression("skip")
            .connectTo("join")
            .done();
    assertThat(found("legal-order", model))
        .singleElement()
        .asString()
        .contains("court", "without a formal notice");
  }

  @Test
  void aLetterNeedsAWayForWhoHasNoAddress() throws Exception {
    assertThat(
            found(
                "letter-fallback",
                Bpmn.createExecutableProcess("p")
                    .startEvent()
                    .serviceTask("letter", t -> t.zeebeJobType("post"))
                    .endEvent()
                    .done()))
        .singleElement()
        .asString()
        .contains("letter", "without a postal address");
    assertThat(
            found(
                "letter-fallback",
                Bpmn.createExecutableProcess("p")
                    .startEvent()
                    .serviceTask("letter", t -> t.zeebeJobType("post"))
                    .exclusiveGateway("sent")
                    .defaultFlow()
                    .endEvent()
                    .moveToNode("sent")
                    .conditionExpression("letter = \"no-address\"")
                    .endEvent()
                    .done()))
        .isEmpty();
  }

  @Test
  void aLoopInWhichNothingWaitsIsFound() throws Exception {
    assertThat(found("loop-without-wait", loop(false)))
        .singleElement()
        .asString()
        .contains("Nothing waits in this loop");
    assertThat(found("loop-without-wait", loop(true))).isEmpty();
  }

  private static BpmnModelInstance loop(boolean waits) {
    var again = Bpmn.createExecutableProcess("p").startEvent().exclusiveGateway("again");
    var read = again.serviceTask("read", t -> t.zeebeJobType("read"));
    var before =
        waits
            ? read.intermediateCatchEvent(
                "later", e -> e.timerWithDateExpression("date and time(x)"))
            : read;
    return before
        .exclusiveGateway("done")
        .defaultFlow()
        .endEvent()
        .moveToNode("done")
        .conditionExpression("not(ready)")
        .connectTo("again")
        .done();
  }

  private List<String> found(String rule, BpmnModelInstance model) throws Exception {
    Path words = Files.writeString(folder.resolve("words.json"), WORDS);
    Path file = Files.writeString(folder.resolve("made.bpmn"), Bpmn.convertToString(model));
    return run("--vocabulary", words.toString(), file.toString())
        .text()
        .lines()
        .filter(l -> l.endsWith("(relance/" + rule + ")"))
        .toList();
  }

  private static Result lint(Path path) throws IOException, InterruptedException {
    return run(path.toString());
  }

  private static Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", LINTER.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), text);
  }
}
