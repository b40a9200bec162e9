package io.relance.designer;

import io.relance.engine.ModelFile;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files that people bring: what is no model is refused before anything is kept. */
@Component
public class ModelReader {

  /** The largest file that is taken, in bytes. */
  public static final int BYTES_MAX = ModelLinter.BYTES_MAX;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(bpmn|dmn|form)");
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

  private final JsonMapper json;

  ModelReader(JsonMapper json) {
    this.json = json;
  }

  /**
   * What the file defines.
   *
   * @throws ModelRefused if it is no BPMN model, DMN decision or form, whichever its name says
   */
  public ModelOutline read(ModelFile file) {
    if (!NAME.matcher(file.name()).matches()) {
      throw new ModelRefused(
          "The file name '%s' is not taken: letters, digits, '.', '_' and '-', ending with .bpmn, .dmn or .form"
              .formatted(file.name()));
    }
    if (file.content().length > BYTES_MAX) {
      throw new ModelRefused(
          "%s has %,d bytes; the largest that is taken has %,d: no model needs more"
              .formatted(file.name(), file.content().length, BYTES_MAX));
    }
    requireUtf8(file);
    ModelOutline outline = file.kind().equals("form") ? readForm(file) : readXml(file);
    if (outline.definitions().isEmpty()) {
      throw new ModelRefused(
          "%s defines no %s that could be deployed"
              .formatted(
                  file.name(), file.kind().equals("bpmn") ? "executable process" : "decision"));
    }
    return outline;
  }

  private static void requireUtf8(ModelFile file) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.content()));
    } catch (CharacterCodingException other) {
      throw new ModelRefused(file.name() + " is not written in UTF-8: save it as UTF-8");
    }
  }

  private ModelOutline readForm(ModelFile file) {
    JsonNode form;
    try {
      form = json.readTree(file.content());
    } catch (JacksonException unreadable) {
      throw new ModelRefused(
          "%s is not JSON, line %d: %s"
              .formatted(
                  file.name(),
                  unreadable.getLocation() == null ? 0 : unreadable.getLocation().getLineNr(),
                  unreadable.getOriginalMessage()));
    }
    if (form == null || !form.isObject() || !form.path("components").isArray()) {
      throw new ModelRefused(file.name() + " is no form: it has no list of 'components'");
    }
    String id = form.path("id").asString("");
    if (id.isEmpty()) {
      throw new ModelRefused(file.name() + " has no 'id', by which tasks name the form");
    }
    Map<String, String> elements = new LinkedHashMap<>();
    fields(form.path("components"), elements);
    return new ModelOutline(List.of(new ModelOutline.Definition(id, id)), elements, List.of());
  }

  private static void fields(JsonNode components, Map<String, String> elements) {
    for (JsonNode component : components) {
      String id = component.path("id").asString(component.path("key").asString(""));
      elements.put(id, component.path("label").asString(component.path("key").asString(id)));
      fields(component.path("components"), elements);
    }
  }

  private static ModelOutline readXml(ModelFile file) {
    Outliner outliner = new Outliner(file);
    try {
      XMLStreamReader reader =
          factory().createXMLStreamReader(new ByteArrayInputStream(file.content()));
      try {
        while (reader.hasNext()) {
          outliner.take(reader.next(), reader);
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException unreadable) {
      throw new ModelRefused(
          "%s cannot be read as XML, line %d, column %d: %s"
              .formatted(
                  file.name(),
                  unreadable.getLocation() == null ? 0 : unreadable.getLocation().getLineNumber(),
                  unreadable.getLocation() == null ? 0 : unreadable.getLocation().getColumnNumber(),
                  firstLine(unreadable)));
    }
    return outliner.outline();
  }

  private static String firstLine(XMLStreamException unreadable) {
    // the JDK's message begins with the place, which is told already
    String[] lines = String.valueOf(unreadable.getMessage()).split("\n");
    return lines[lines.length - 1].replaceFirst("^Message: ", "");
  }

  static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  /** Goes through the elements of a file from its first to its last. */
  private static final class Outliner {

    private final ModelFile file;
    private final boolean bpmn;
    private final List<ModelOutline.Definition> definitions = new ArrayList<>();
    private final Map<String, String> elements = new LinkedHashMap<>();
    private final List<ModelOutline.Reference> references = new ArrayList<>();
    private final Deque<String> within = new ArrayDeque<>();
    private boolean begun;

    Outliner(ModelFile file) {
      this.file = file;
      this.bpmn = file.kind().equals("bpmn");
    }

    ModelOutline outline() {
      return new ModelOutline(List.copyOf(definitions), elements, List.copyOf(references));
    }

    void take(int event, XMLStreamReader reader) {
      switch (event) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new ModelRefused(
                "%s, line %d: the file has a document type or entity, which no model needs: remove it"
                    .formatted(file.name(), reader.getLocation().getLineNumber()));
        case XMLStreamConstants.START_ELEMENT -> begin(reader);
        case XMLStreamConstants.END_ELEMENT -> within.pop();
        default -> {
          // texts and comments define nothing
        }
      }
    }

    private void begin(XMLStreamReader reader) {
      if (!begun) {
        requireRoot(reader);
        begun = true;
      }
      String id = reader.getAttributeValue(null, "id");
      String name = reader.getAttributeValue(null, "name");
      boolean ours = bpmn ? BPMN.equals(reader.getNamespaceURI()) : isDmn(reader.getNamespaceURI());
      if (ours && id != null) {
        elements.put(id, name == null || name.isBlank() ? id : name);
        if (bpmn
            ? reader.getLocalName().equals("process") && isExecutable(reader)
            : reader.getLocalName().equals("decision")) {
          definitions.add(new ModelOutline.Definition(id, elements.getOrDefault(id, id)));
        }
      } else if (ZEEBE.equals(reader.getNamespaceURI())) {
        refer(reader);
      }
      within.push(ours && id != null ? id : within.isEmpty() ? "" : within.peek());
    }

    private void requireRoot(XMLStreamReader reader) {
      String space = reader.getNamespaceURI();
      boolean right =
          reader.getLocalName().equals("definitions") && (bpmn ? BPMN.equals(space) : isDmn(space));
      if (!right) {
        throw new ModelRefused(
            "%s is no %s file: it begins with <%s> of %s"
                .formatted(
                    file.name(),
                    bpmn ? "BPMN 2.0" : "DMN 1.3",
                    reader.getLocalName(),
                    space == null ? "no namespace" : space));
      }
    }

    private static boolean isDmn(@Nullable String space) {
      return space != null
          && space.startsWith("https://www.omg.org/spec/DMN/")
          && space.endsWith("/MODEL/");
    }

    private static boolean isExecutable(XMLStreamReader reader) {
      return "true".equals(reader.getAttributeValue(null, "isExecutable"));
    }

    private void refer(XMLStreamReader reader) {
      switch (reader.getLocalName()) {
        case "formDefinition" -> add(reader, "form", "formId");
        case "calledDecision" -> add(reader, "decision", "decisionId");
        case "calledElement" -> add(reader, "process", "processId");
        default -> {
          // other extensions refer to nothing in files
        }
      }
    }

    private void add(XMLStreamReader reader, String kind, String attribute) {
      String id = reader.getAttributeValue(null, attribute);
      if (id != null) {
        references.add(
            new ModelOutline.Reference(
                within.isEmpty() ? "" : within.peek(),
                kind,
                id,
                "deployment".equals(reader.getAttributeValue(null, "bindingType"))));
      }
    }
  }
}
