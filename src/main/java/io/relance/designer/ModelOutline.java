package io.relance.designer;

import java.util.List;
import java.util.Map;

/**
 * What a file defines and what it refers to.
 *
 * @param definitions ids of its processes, decisions or form
 * @param elements names of its elements by their ids; the id where there is no name
 * @param references what it needs from other files
 */
public record ModelOutline(
    List<Definition> definitions, Map<String, String> elements, List<Reference> references) {

  /**
   * @param name as its designer wrote it, or the id
   */
  public record Definition(String id, String name) {}

  /**
   * @param element that refers
   * @param kind {@code form}, {@code decision} or {@code process}
   * @param id of what it refers to; one that an expression computes is not known before it runs
   * @param toDeployment whether it means the one that was deployed together with it
   */
  public record Reference(String element, String kind, String id, boolean toDeployment) {

    boolean isKnown() {
      return !id.isEmpty() && !id.startsWith("=");
    }
  }
}
