package io.relance.web;

/** What a new model begins with. */
final class BlankModels {

  private BlankModels() {}

  /**
   * @param kind {@code bpmn}, {@code dmn} or {@code form}
   */
  static String of(String kind, String id) {
    return switch (kind) {
      case "bpmn" -> PROCESS.replace("ID", id);
      case "dmn" -> DECISION.replace("ID", id);
      case "form" -> FORM.replace("ID", id);
      default ->
          throw new IllegalArgumentException(
              "kind is '%s', and is bpmn, dmn or form".formatted(kind));
    };
  }

  private static final String PROCESS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_ID" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">
        <bpmn:process id="ID" name="ID" isExecutable="true">
          <bpmn:startEvent id="StartEvent_1" />
        </bpmn:process>
        <bpmndi:BPMNDiagram id="BPMNDiagram_1">
          <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="ID">
            <bpmndi:BPMNShape id="StartEvent_1_di" bpmnElement="StartEvent_1">
              <dc:Bounds x="180" y="160" width="36" height="36" />
            </bpmndi:BPMNShape>
          </bpmndi:BPMNPlane>
        </bpmndi:BPMNDiagram>
      </bpmn:definitions>
      """;

  private static final String DECISION =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_ID" name="ID" namespace="http://camunda.org/schema/1.0/dmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">
        <decision id="ID" name="ID">
          <decisionTable id="DecisionTable_1" hitPolicy="FIRST">
            <input id="Input_1">
              <inputExpression id="InputExpression_1" typeRef="string">
                <text></text>
              </inputExpression>
            </input>
            <output id="Output_1" name="result" typeRef="string" />
          </decisionTable>
        </decision>
        <dmndi:DMNDI>
          <dmndi:DMNDiagram>
            <dmndi:DMNShape dmnElementRef="ID">
              <dc:Bounds height="80" width="180" x="160" y="100" />
            </dmndi:DMNShape>
          </dmndi:DMNDiagram>
        </dmndi:DMNDI>
      </definitions>
      """;

  private static final String FORM =
      """
      {
        "id": "ID",
        "type": "default",
        "schemaVersion": 17,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.6.0",
        "components": []
      }
      """;
}
