package io.relance.designer;

import io.relance.engine.ModelFile;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The facts that expressions of decisions name. Subjects that agree in these get the same answer,
 * so it is found once: a decision looks at a few of the facts that a process has.
 */
final class FactsNamed {

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private final Set<String> names = new HashSet<>();

  /** Names that are used without one of their parts, so that all of these matter. */
  private final Set<String> whole = new HashSet<>();

  FactsNamed(ModelFile... files) {
    for (ModelFile file : files) {
      read(file);
    }
  }

  /** What of the variables can make a difference to the answer. */
  Map<String, Object> of(Map<String, Object> variables) {
    Map<String, Object> named = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (!isNamed(name)) {
            return;
          }
          if (value instanceof Map<?, ?> parts && !whole.contains(name)) {
            Map<Object, Object> some = new HashMap<>(parts);
            some.keySet().removeIf(part -> !isNamed(String.valueOf(part)));
            named.put(name, some);
          } else {
            named.put(name, value);
          }
        });
    return named;
  }

  /** Names of several words are not looked for: they count as named. */
  private boolean isNamed(String name) {
    return names.contains(name) || !NAME.matcher(name).matches();
  }

  private void read(ModelFile file) {
    try {
      XMLStreamReader reader =
          ModelReader.factory().createXMLStreamReader(new ByteArrayInputStream(file.content()));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals("text")) {
          add(reader.getElementText());
        }
      }
    } catch (XMLStreamException unreadable) {
      throw new IllegalArgumentException(file.name() + " cannot be read", unreadable);
    }
  }

  private void add(String expression) {
    Matcher name = NAME.matcher(expression);
    while (name.find()) {
      names.add(name.group());
      if (!expression.substring(name.end()).stripLeading().startsWith(".")) {
        whole.add(name.group());
      }
    }
  }
}
