package io.relance.engine;

import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The deployed models as the read model has them: XML, and the names that their designers gave to
 * elements.
 */
@Component
public class ProcessModels {

  private final JdbcTemplate jdbc;
  private final Map<Long, Map<String, String>> names = new ConcurrentHashMap<>();

  ProcessModels(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<String> xml(long processKey) {
    List<String> found =
        jdbc.queryForList(
            "SELECT xml FROM engine_process WHERE process_key = ?", String.class, processKey);
    return found.stream().findFirst();
  }

  /** The name of an element, or its id where the model has none. */
  public String nameOf(long processKey, String elementId) {
    Map<String, String> known = names.get(processKey);
    if (known == null) {
      known = xml(processKey).map(ProcessModels::readNames).orElse(null);
      if (known == null) {
        return elementId;
      }
      names.put(processKey, known);
    }
    return known.getOrDefault(elementId, elementId);
  }

  private static Map<String, String> readNames(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      NodeList elements =
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getElementsByTagNameNS("http://www.omg.org/spec/BPMN/20100524/MODEL", "*");
      Map<String, String> names = new HashMap<>();
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        if (element.hasAttribute("id") && !element.getAttribute("name").isBlank()) {
          names.put(element.getAttribute("id"), element.getAttribute("name"));
        }
      }
      return names;
    } catch (ParserConfigurationException | org.xml.sax.SAXException | java.io.IOException e) {
      throw new IllegalStateException("a deployed model cannot be read", e);
    }
  }
}
