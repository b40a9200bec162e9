package io.relance.support;

import io.camunda.client.CamundaClient;
import java.util.Map;

/**
 * A model of the stories' own, in versions: a case waits for an answer, no longer than a timer
 * says, then pauses, then a gateway asks whether it may go; a settlement ends it at any point.
 */
public final class WaitingModel {

  private static final String SUBSCRIPTION =
      "<bpmn:message id=\"Message_%s\" name=\"%s\"><bpmn:extensionElements>"
          + "<zeebe:subscription correlationKey=\"=k\"/></bpmn:extensionElements></bpmn:message>";

  private final Server server;
  private final String id;

  private WaitingModel(Server server, String id) {
    this.server = server;
    this.id = id;
  }

  /** Under an id that no other story has. */
  public static WaitingModel unlikeOthers(Server server) {
    return new WaitingModel(server, "story-wait-" + System.nanoTime() % 1_000_000_000);
  }

  public String id() {
    return id;
  }

  /**
   * Deploys a version.
   *
   * @param task id of the task that waits for the answer
   * @param late how long it waits
   * @param pause how long the pause is
   */
  public void deploy(String task, String late, String pause) {
    String model =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Definitions_story" targetNamespace="http://relance.io/bpmn">
          <bpmn:process id="ID" name="Wait for an answer" isExecutable="true">
            <bpmn:startEvent id="StartEvent_Begin"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
            <bpmn:receiveTask id="TASK" name="Wait for the answer" messageRef="Message_answer"><bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing></bpmn:receiveTask>
            <bpmn:boundaryEvent id="Timer_Late" name="No answer" attachedToRef="TASK"><bpmn:outgoing>Flow_3</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">LATE</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:endEvent id="EndEvent_Late"><bpmn:incoming>Flow_3</bpmn:incoming></bpmn:endEvent>
            <bpmn:intermediateCatchEvent id="Timer_Pause" name="Rest a while"><bpmn:incoming>Flow_2</bpmn:incoming><bpmn:outgoing>Flow_4</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PAUSE</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
            <bpmn:exclusiveGateway id="Gateway_MayGo" name="May it go?"><bpmn:incoming>Flow_4</bpmn:incoming><bpmn:outgoing>Flow_5</bpmn:outgoing><bpmn:outgoing>Flow_6</bpmn:outgoing></bpmn:exclusiveGateway>
            <bpmn:endEvent id="EndEvent_Went"><bpmn:incoming>Flow_5</bpmn:incoming></bpmn:endEvent>
            <bpmn:endEvent id="EndEvent_Stayed"><bpmn:incoming>Flow_6</bpmn:incoming></bpmn:endEvent>
            <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_Begin" targetRef="TASK"/>
            <bpmn:sequenceFlow id="Flow_2" sourceRef="TASK" targetRef="Timer_Pause"/>
            <bpmn:sequenceFlow id="Flow_3" sourceRef="Timer_Late" targetRef="EndEvent_Late"/>
            <bpmn:sequenceFlow id="Flow_4" sourceRef="Timer_Pause" targetRef="Gateway_MayGo"/>
            <bpmn:sequenceFlow id="Flow_5" sourceRef="Gateway_MayGo" targetRef="EndEvent_Went"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=mayGo = true</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="Flow_6" sourceRef="Gateway_MayGo" targetRef="EndEvent_Stayed"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=not(mayGo)</bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:subProcess id="SubProcess_Settled" triggeredByEvent="true"><bpmn:startEvent id="StartEvent_Settled" name="Money came in"><bpmn:outgoing>Flow_7</bpmn:outgoing><bpmn:messageEventDefinition messageRef="Message_settled"/></bpmn:startEvent><bpmn:endEvent id="EndEvent_Settled"><bpmn:incoming>Flow_7</bpmn:incoming></bpmn:endEvent><bpmn:sequenceFlow id="Flow_7" sourceRef="StartEvent_Settled" targetRef="EndEvent_Settled"/></bpmn:subProcess>
          </bpmn:process>
          ANSWER
          SETTLED
          <bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="ID">
            <bpmndi:BPMNShape id="Shape_1" bpmnElement="StartEvent_Begin"><dc:Bounds x="100" y="122" width="36" height="36"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_2" bpmnElement="TASK"><dc:Bounds x="190" y="100" width="100" height="80"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_3" bpmnElement="Timer_Late"><dc:Bounds x="222" y="162" width="36" height="36"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_4" bpmnElement="EndEvent_Late"><dc:Bounds x="222" y="242" width="36" height="36"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_5" bpmnElement="Timer_Pause"><dc:Bounds x="342" y="122" width="36" height="36"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_6" bpmnElement="Gateway_MayGo" isMarkerVisible="true"><dc:Bounds x="435" y="115" width="50" height="50"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_7" bpmnElement="EndEvent_Went"><dc:Bounds x="542" y="122" width="36" height="36"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="Shape_8" bpmnElement="EndEvent_Stayed"><dc:Bounds x="442" y="242" width="36" height="36"/></bpmndi:BPMNShape>
            <bpmndi:BPMNEdge id="Edge_1" bpmnElement="Flow_1"><di:waypoint x="136" y="140"/><di:waypoint x="190" y="140"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="Edge_2" bpmnElement="Flow_2"><di:waypoint x="290" y="140"/><di:waypoint x="342" y="140"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="Edge_3" bpmnElement="Flow_3"><di:waypoint x="240" y="198"/><di:waypoint x="240" y="242"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="Edge_4" bpmnElement="Flow_4"><di:waypoint x="378" y="140"/><di:waypoint x="435" y="140"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="Edge_5" bpmnElement="Flow_5"><di:waypoint x="485" y="140"/><di:waypoint x="542" y="140"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="Edge_6" bpmnElement="Flow_6"><di:waypoint x="460" y="165"/><di:waypoint x="460" y="242"/></bpmndi:BPMNEdge>
          </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
        </bpmn:definitions>
        """
            .replace("\"ID\"", "\"" + id + "\"")
            .replace("\"TASK\"", "\"" + task + "\"")
            .replace("LATE", late)
            .replace("PAUSE", pause)
            .replace("ANSWER", SUBSCRIPTION.formatted("answer", id + "-answer"))
            .replace("SETTLED", SUBSCRIPTION.formatted("settled", id + "-settled"));
    try (CamundaClient engine = server.engineClient()) {
      engine.newDeployResourceCommand().addResourceStringUtf8(model, id + ".bpmn").send().join();
    }
  }

  /** A case of that version; its messages go by the key. */
  public long begin(int version, String key) {
    try (CamundaClient engine = server.engineClient()) {
      return engine
          .newCreateInstanceCommand()
          .bpmnProcessId(id)
          .version(version)
          .variables(Map.of("k", key))
          .send()
          .join()
          .getProcessInstanceKey();
    }
  }

  /** The answer comes, and the case pauses. */
  public void answer(String key) {
    server.publish(id + "-answer", key, "{}");
  }

  public void settle(String key) {
    server.publish(id + "-settled", key, "{}");
  }

  /** Ends what is left, so that nobody else meets it. */
  public void end() {
    server
        .database()
        .queryForList(
            "SELECT process_instance_key FROM engine_instance WHERE bpmn_process_id = ? AND state ="
                + " 'active'",
            Long.class,
            id)
        .forEach(
            key -> {
              try {
                server.cancelProcess(key);
              } catch (RuntimeException over) {
                // it ended by itself
              }
            });
  }
}
