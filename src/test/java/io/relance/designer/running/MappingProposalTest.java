package io.relance.designer.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What each element becomes in another version")
class MappingProposalTest {

  private static final String BEGIN =
      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
          + " xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\">"
          + "<message id=\"m\" name=\"settled\"/><message id=\"n\" name=\"closed\"/>"
          + "<process id=\"p\">";
  private static final String END = "</process></definitions>";

  private static final String CALL =
      "<userTask id=\"Call\" name=\"Call"
          + " payer\"><extensionElements><zeebe:userTask/></extensionElements></userTask>";
  private static final String LATE =
      "<boundaryEvent id=\"Late\""
          + " attachedToRef=\"Call\"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>";
  private static final String SETTLED =
      "<subProcess id=\"End\" triggeredByEvent=\"true\"><startEvent"
          + " id=\"Settled\"><messageEventDefinition messageRef=\"m\"/></startEvent></subProcess>";

  @Test
  void isItselfWhereTheIdIsTheSame() {
    assertThat(proposal(CALL + LATE + SETTLED, CALL + LATE + SETTLED).byId())
        .containsOnlyKeys("Call", "Late", "End", "Settled");
  }

  /** A task whose type was changed stands behind what is attached to it. */
  @Test
  void theOrderInTheFileDoesNotMatter() {
    assertThat(proposal(LATE + SETTLED + CALL, LATE + CALL + SETTLED).byId())
        .containsOnlyKeys("Call", "Late", "End", "Settled");
  }

  @Test
  void isOnlySuggestedWhereTheNameIsTheSame() {
    MappingProposal proposal = proposal(CALL, CALL.replace("\"Call\"", "\"Ring\""));
    assertThat(proposal.byId()).isEmpty();
    MappingRow row = proposal.rows(Map.of(), Map.of("Call", 12L)).getFirst();
    assertThat(row.isStuck()).isTrue();
    assertThat(row.findings()).extracting(MappingRow.Finding::code).containsExactly("gone");
    assertThat(row.suggestions())
        .containsExactly(new MappingRow.Choice("Ring", "Call payer", true));
  }

  @Test
  void isNothingOfAnotherTypeNorOfAnotherScope() {
    assertThat(
            codes(
                CALL,
                CALL.replace("userTask id", "manualTask id").replace("</userTask", "</manualTask")))
        .containsExactly("type");
    assertThat(codes(CALL, CALL.replace("<zeebe:userTask/>", "")))
        .containsExactly("implementation");
    assertThat(codes(CALL, "<subProcess id=\"In\">" + CALL + "</subProcess>"))
        .containsExactly("scope");
    assertThat(
            codes(
                CALL,
                CALL.replace("</userTask>", "<multiInstanceLoopCharacteristics/></userTask>")))
        .containsExactly("type");
  }

  @Test
  void followsItsSurroundings() {
    String inside = "<subProcess id=\"In\">" + CALL + "</subProcess>";
    assertThat(proposal(inside, inside).byId()).containsOnlyKeys("In", "Call");
    String renamed = inside.replace("\"In\"", "\"Inside\"");
    assertThat(proposal(inside, renamed).byId()).isEmpty();
    assertThat(proposal(inside, renamed).rows(Map.of("In", "Inside"), Map.of()))
        .filteredOn(row -> row.elementId().equals("Call"))
        .first()
        .satisfies(row -> assertThat(row.suggestions()).hasSize(1));
  }

  @Test
  void leavesAnEventThatBelongsToAnotherStep() {
    String two = CALL + CALL.replace("\"Call\"", "\"Visit\"");
    MappingProposal proposal = proposal(two + LATE, two + LATE.replace("\"Call\"", "\"Visit\""));
    assertThat(proposal.byId()).containsOnlyKeys("Call", "Visit");
  }

  @Test
  void tellsThatATimerIsKeptOrBeginsAnew() {
    MappingProposal proposal = proposal(CALL + LATE, CALL + LATE.replace("P3D", "P1D"));
    assertThat(codesOf("Late", proposal, proposal.byId())).containsExactly("timer-kept");
    assertThat(codesOf("Late", proposal, Map.of("Call", "Call"))).containsExactly("timer-anew");
  }

  @Test
  void tellsThatAMessageMustBeMappedOrIsNoLongerHeard() {
    MappingProposal same = proposal(CALL + SETTLED, CALL + SETTLED);
    assertThat(codesOf("Settled", same, Map.of("Call", "Call"))).containsExactly("subscribed");
    MappingProposal none = proposal(CALL + SETTLED, CALL);
    assertThat(codesOf("Settled", none, none.byId())).containsExactly("message-lost");
    MappingProposal other = proposal(CALL + SETTLED, CALL + SETTLED.replace("\"m\"", "\"n\""));
    assertThat(codesOf("Settled", other, other.byId())).containsExactly("message-kept");
  }

  @Test
  void putsFirstWhereCasesWaitThatCannotGo() {
    MappingProposal proposal =
        proposal(
            CALL + CALL.replace("\"Call\"", "\"Visit\""), CALL.replace("\"Call\"", "\"Visit\""));
    assertThat(proposal.rows(proposal.byId(), Map.of("Call", 1L, "Visit", 5L)))
        .extracting(MappingRow::elementId)
        .containsExactly("Call", "Visit");
  }

  @Test
  void isReadFromTheModelsThatShip() throws IOException {
    String xml = Files.readString(Path.of("bpmn/invoice-collection.bpmn"));
    Map<String, Part> parts = ModelParts.read(xml, "invoice-collection");
    Map<String, String> mapping = new MappingProposal(parts, parts).byId();
    assertThat(mapping).containsKeys("SubProcess_Collect", "Timer_WaitOnHold");
    parts.values().stream()
        .filter(Part::isMapped)
        .forEach(part -> assertThat(mapping).containsEntry(part.id(), part.id()));
    assertThatThrownBy(() -> ModelParts.read(xml, "another"))
        .hasMessageContaining("no process 'another'");
    assertThatThrownBy(() -> ModelParts.read("<!DOCTYPE x [<!ENTITY e \"e\">]><x>&e;</x>", "x"))
        .hasMessageContaining("cannot be read");
  }

  private static List<String> codes(String from, String to) {
    MappingProposal proposal = proposal(from, to);
    assertThat(proposal.byId()).doesNotContainKey("Call");
    return codesOf("Call", proposal, Map.of());
  }

  private static List<String> codesOf(
      String element, MappingProposal proposal, Map<String, String> mapping) {
    return proposal.rows(new LinkedHashMap<>(mapping), Map.of()).stream()
        .filter(row -> row.elementId().equals(element))
        .flatMap(row -> row.findings().stream())
        .map(MappingRow.Finding::code)
        .toList();
  }

  private static MappingProposal proposal(String from, String to) {
    return new MappingProposal(
        ModelParts.read(BEGIN + from + END, "p"), ModelParts.read(BEGIN + to + END, "p"));
  }
}
