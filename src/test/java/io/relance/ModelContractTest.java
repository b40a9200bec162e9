package io.relance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.relance.engine.Worker;
import io.relance.kernel.Money;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What models and code must agree on, both ways, without an engine; and what every model of ours
 * must have.
 */
class ModelContractTest {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final Pattern WORKER_TYPE =
      Pattern.compile("\"((?:casework|outreach|scoring|cash)\\.[a-z-]+)\"");

  private final List<Document> models = documents("bpmn", ".bpmn");

  @Test
  void everyJobTypeHasAWorkerAndEveryWorkerIsUsed() throws IOException {
    Set<String> inModels = new TreeSet<>();
    for (Element definition : all(ZEEBE, "taskDefinition")) {
      inModels.add(definition.getAttribute("type"));
    }
    Set<String> inCode = new TreeSet<>();
    for (Path file : files(Path.of("src/main/java"), "Workers.java")) {
      Matcher types = WORKER_TYPE.matcher(Files.readString(file));
      while (types.find()) {
        inCode.add(types.group(1));
      }
    }
    assertThat(inModels).isEqualTo(inCode);
  }

  /** The engine refuses what its schema does not know, such as an element in the wrong place. */
  @Test
  void everyModelIsReadByTheEnginesOwnReader() throws IOException {
    for (Path file : files(Path.of("bpmn"), ".bpmn")) {
      assertThatCode(() -> Bpmn.validateModel(Bpmn.readModelFromFile(file.toFile())))
          .as(file.toString())
          .doesNotThrowAnyException();
    }
  }

  /** What the linter knows of job types and messages is what there is. */
  @Test
  void theLintersVocabularyIsOurs() throws IOException {
    JsonNode words =
        new JsonMapper()
            .readTree(Files.readString(Path.of("src/main/frontend/lint/vocabulary.json")));
    Set<String> types = new TreeSet<>();
    all(ZEEBE, "taskDefinition").forEach(d -> types.add(d.getAttribute("type")));
    Set<String> messages = new TreeSet<>();
    all(BPMN, "message").forEach(m -> messages.add(m.getAttribute("name")));
    assertThat(words.path("jobTypes").propertyNames()).containsExactlyInAnyOrderElementsOf(types);
    assertThat(words.path("messages").propertyNames())
        .containsExactlyInAnyOrderElementsOf(messages);
  }

  /** The engine turns 100.00 into 100: money stays in the database. */
  @Test
  void variablesAreIdsAndRoutingFactsNeverMoney() throws Exception {
    Set<Class<?>> types = new HashSet<>();
    for (Path file : files(Path.of("src/main/java"), "Workers.java")) {
      String name = Path.of("src/main/java").relativize(file).toString();
      for (Class<?> nested :
          Class.forName(name.replace(".java", "").replace('/', '.')).getDeclaredClasses()) {
        if (!Worker.class.isAssignableFrom(nested)) {
          collectTypes(nested, types);
        }
      }
    }
    assertThat(types)
        .contains(long.class, String.class)
        .doesNotContain(
            Money.class, BigDecimal.class, double.class, Double.class, float.class, Float.class);
  }

  private static void collectTypes(Class<?> type, Set<Class<?>> types) {
    if (types.add(type) && type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        collectTypes(component.getType(), types);
      }
    }
  }

  @Test
  void everyJobIsTriedFiveTimes() {
    assertThat(all(ZEEBE, "taskDefinition"))
        .isNotEmpty()
        .allSatisfy(d -> assertThat(d.getAttribute("retries")).isEqualTo("5"));
  }

  @Test
  void everyMessageOfTheModelsIsPublishedBySomebody() throws IOException {
    StringBuilder code = new StringBuilder();
    for (Path file : files(Path.of("src/main/java"), ".java")) {
      code.append(Files.readString(file));
    }
    assertThat(all(BPMN, "message"))
        .isNotEmpty()
        .allSatisfy(m -> assertThat(code).contains('"' + m.getAttribute("name") + '"'));
  }

  @Test
  void everyFormAndDecisionThatAModelNamesIsThere() throws IOException {
    for (Element form : all(ZEEBE, "formDefinition")) {
      Path file = Path.of("forms", form.getAttribute("formId") + ".form");
      assertThat(file).exists();
      assertThat(Files.readString(file))
          .contains("\"id\": \"" + form.getAttribute("formId") + "\"");
    }
    StringBuilder decisions = new StringBuilder();
    for (Path file : files(Path.of("bpmn"), ".dmn")) {
      decisions.append(Files.readString(file));
    }
    for (Element decision : all(ZEEBE, "calledDecision")) {
      assertThat(decisions)
          .contains("<decision id=\"" + decision.getAttribute("decisionId") + "\"");
      assertThat(decision.getAttribute("bindingType"))
          .as("running cases follow the strategy of today")
          .isEqualTo("latest");
    }
  }

  /** A fact that the decision names and the code does not give would silently be null. */
  @Test
  void everyFactThatTheScoreReadsIsGiven() throws Exception {
    Set<String> given = new TreeSet<>();
    for (RecordComponent fact :
        Class.forName("io.relance.scoring.PayerFacts").getRecordComponents()) {
      given.add(fact.getName());
    }
    Matcher read =
        Pattern.compile("facts\\.([a-zA-Z]+)|\\{([a-zA-Z]+)}")
            .matcher(Files.readString(Path.of("bpmn/payer-band.dmn")));
    Set<String> named = new TreeSet<>();
    while (read.find()) {
      named.add(read.group(1) == null ? read.group(2) : read.group(1));
    }
    assertThat(named).isNotEmpty().isSubsetOf(given);
  }

  /** The same for what the other decisions read. */
  @ParameterizedTest
  @CsvSource({
    "treatment.dmn, situation, io.relance.casework.Situations$Situation",
    "contact-permission.dmn, contact, io.relance.outreach.permission.Contact",
    "handover-policy.dmn, handover, io.relance.casework.handovers.HandoverSteps$Facts",
    "prevention.dmn, prevention, io.relance.casework.prevention.PreventionSteps$Situation",
    "signal-policy.dmn, signal, io.relance.casework.signals.SignalFollower$Facts",
    "task-routing.dmn, task, io.relance.worklist.RoutingFacts",
    "call-script.dmn, task, io.relance.worklist.RoutingFacts",
    "dispute-policy.dmn, dispute, io.relance.casework.disputes.Disputes$Facts",
  })
  void everyFactThatADecisionReadsIsGiven(String file, String variable, String type)
      throws Exception {
    Set<String> given = new TreeSet<>();
    for (RecordComponent fact : Class.forName(type).getRecordComponents()) {
      given.add(fact.getName());
    }
    String xml = Files.readString(Path.of("bpmn", file)).replaceAll("<description>[^<]*", "");
    Matcher read = Pattern.compile("\\b" + variable + "\\.([a-zA-Z]+)").matcher(xml);
    Set<String> named = new TreeSet<>();
    while (read.find()) {
      named.add(read.group(1));
    }
    assertThat(named).isNotEmpty().isSubsetOf(given);
  }

  @Test
  void elementsHaveSpeakingIdsNamesAndALineOfDocumentation() {
    for (Document model : models) {
      NodeList elements = model.getElementsByTagNameNS(BPMN, "*");
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        if (!element.getLocalName().equals("definitions")) {
          assertThat(element.getAttribute("id")).doesNotMatch(".*_[0-9a-z]{7}$|Activity_.*");
        }
        boolean step =
            element.getLocalName().endsWith("Task")
                || element.getLocalName().endsWith("Event")
                || element.getLocalName().equals("exclusiveGateway");
        if (step) {
          assertThat(element.getElementsByTagNameNS(BPMN, "documentation").getLength())
              .as(element.getAttribute("id"))
              .isPositive();
          if (!element.getLocalName().equals("exclusiveGateway")) {
            assertThat(element.getAttribute("name")).as(element.getAttribute("id")).isNotBlank();
          }
        }
      }
    }
  }

  /**
   * A modeller can open it: each node and flow has a shape or an edge, and the process is named
   * like its file.
   */
  @Test
  void everyModelHasAWholeDiagram() throws IOException {
    for (Path file : files(Path.of("bpmn"), ".bpmn")) {
      Document model = parse(file);
      Element process = (Element) model.getElementsByTagNameNS(BPMN, "process").item(0);
      assertThat(file.getFileName().toString()).isEqualTo(process.getAttribute("id") + ".bpmn");
      Set<String> drawn = new TreeSet<>();
      for (String kind : List.of("BPMNShape", "BPMNEdge")) {
        NodeList shapes =
            model.getElementsByTagNameNS("http://www.omg.org/spec/BPMN/20100524/DI", kind);
        for (int i = 0; i < shapes.getLength(); i++) {
          drawn.add(((Element) shapes.item(i)).getAttribute("bpmnElement"));
        }
      }
      NodeList elements = process.getElementsByTagNameNS(BPMN, "*");
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        String name = element.getLocalName();
        if (name.endsWith("Task")
            || name.endsWith("Event")
            || name.endsWith("Gateway")
            || name.equals("sequenceFlow")
            || name.equals("subProcess")) {
          assertThat(drawn).as(file.toString()).contains(element.getAttribute("id"));
        }
      }
    }
  }

  private List<Element> all(String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Document model : models) {
      NodeList elements = model.getElementsByTagNameNS(namespace, name);
      for (int i = 0; i < elements.getLength(); i++) {
        found.add((Element) elements.item(i));
      }
    }
    return found;
  }

  private static List<Document> documents(String folder, String ending) {
    try {
      return files(Path.of(folder), ending).stream().map(ModelContractTest::parse).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Document parse(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(file.toFile());
    } catch (Exception e) {
      throw new IllegalStateException(file + " is not XML", e);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }
}
