package io.relance.designer.running;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads the elements of a process from its BPMN file. */
final class ModelParts {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, String> messages = new HashMap<>();
  private final Map<String, String> afterEventGateway = new HashMap<>();

  private ModelParts() {}

  /**
   * The elements of a process by their ids, a sub-process before what is in it.
   *
   * @throws IllegalArgumentException if the file is no BPMN file with that process
   */
  static Map<String, Part> read(String xml, String processId) {
    Document document = parse(xml);
    ModelParts read = new ModelParts();
    children(document.getDocumentElement(), "message")
        .forEach(m -> read.messages.put(m.getAttribute("id"), m.getAttribute("name")));
    Element process =
        children(document.getDocumentElement(), "process").stream()
            .filter(p -> p.getAttribute("id").equals(processId))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("the file has no process '" + processId + "'"));
    read.scope(process, false);
    return read.parts;
  }

  private void scope(Element scope, boolean byEvent) {
    gateways(scope);
    for (Element element : children(scope)) {
      if (!element.hasAttribute("id") || element.getLocalName().equals("sequenceFlow")) {
        continue;
      }
      Part part = part(element, scope.getAttribute("id"), byEvent);
      parts.put(part.id(), part);
      if (part.type().endsWith("ubProcess")) {
        scope(element, part.kind().equals("event"));
      }
    }
  }

  /** An event after an event gateway waits there, not by itself. */
  private void gateways(Element scope) {
    List<String> gateways =
        children(scope, "eventBasedGateway").stream().map(g -> g.getAttribute("id")).toList();
    children(scope, "sequenceFlow").stream()
        .filter(f -> gateways.contains(f.getAttribute("sourceRef")))
        .forEach(
            f -> afterEventGateway.put(f.getAttribute("targetRef"), f.getAttribute("sourceRef")));
  }

  private Part part(Element element, String scope, boolean byEvent) {
    String id = element.getAttribute("id");
    String name = element.getAttribute("name").replaceAll("\\s+", " ").strip();
    String type = element.getLocalName();
    String host =
        type.equals("boundaryEvent")
            ? element.getAttribute("attachedToRef")
            : afterEventGateway.getOrDefault(id, "");
    String event = "";
    String detail = "";
    for (Element child : children(element)) {
      if (child.getLocalName().endsWith("EventDefinition")) {
        event = child.getLocalName().replace("EventDefinition", "");
        detail =
            event.equals("timer")
                ? child.getTextContent().strip()
                : messages.getOrDefault(child.getAttribute("messageRef"), "");
      }
    }
    return new Part(
        id,
        type,
        name.isEmpty() ? id : name,
        scope,
        host,
        event,
        type.equals("receiveTask")
            ? messages.getOrDefault(element.getAttribute("messageRef"), "")
            : detail,
        many(element),
        kind(element, type, byEvent));
  }

  private static String many(Element element) {
    return children(element, "multiInstanceLoopCharacteristics").stream()
        .findFirst()
        .map(m -> m.getAttribute("isSequential").equals("true") ? "sequential" : "parallel")
        .orElse("");
  }

  private static String kind(Element element, String type, boolean byEvent) {
    return switch (type) {
      case "userTask" ->
          element.getElementsByTagNameNS(ZEEBE, "userTask").getLength() > 0 ? "native" : "job";
      case "subProcess" -> element.getAttribute("triggeredByEvent").equals("true") ? "event" : "";
      case "startEvent" -> byEvent ? "event" : "";
      default -> "";
    };
  }

  private static List<Element> children(Element parent, String name) {
    return children(parent).stream().filter(e -> e.getLocalName().equals(name)).toList();
  }

  private static List<Element> children(Element parent) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(n -> n.getNodeType() == Node.ELEMENT_NODE && BPMN.equals(n.getNamespaceURI()))
        .map(Element.class::cast)
        .toList();
  }

  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (SAXException | IOException unreadable) {
      throw new IllegalArgumentException(
          "the file cannot be read as XML: " + unreadable.getMessage(), unreadable);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
