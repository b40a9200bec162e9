package io.relance.designer;

import io.relance.engine.ModelFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files are deployed in one step: a process that binds a form or a decision to the deployment
 * sees the one that was deployed with it, so each brings the other along.
 */
final class Together {

  private final Map<String, ModelOutline> outlines;
  private final Map<String, String> fileOf = new HashMap<>();

  /**
   * @param outlines of all files that are live or wanted, by file name
   */
  Together(Map<String, ModelOutline> outlines) {
    this.outlines = outlines;
    outlines.forEach(
        (file, outline) ->
            outline.definitions().forEach(d -> fileOf.put(kindOf(file) + " " + d.id(), file)));
  }

  /** The files and all that is bound to them, in the order of their names. */
  List<String> with(Set<String> files) {
    Map<String, Set<String>> bound = bonds();
    Set<String> all = new TreeSet<>(files);
    List<String> open = new ArrayList<>(files);
    while (!open.isEmpty()) {
      for (String other : bound.getOrDefault(open.removeLast(), Set.of())) {
        if (all.add(other)) {
          open.add(other);
        }
      }
    }
    return List.copyOf(all);
  }

  /** What a file refers to and nothing defines. */
  List<ModelLinter.Finding> missing(String file) {
    ModelOutline outline = outlines.get(file);
    if (outline == null) {
      return List.of();
    }
    return outline.references().stream()
        .filter(r -> r.isKnown() && !fileOf.containsKey(r.kind() + " " + r.id()))
        .map(
            r ->
                new ModelLinter.Finding(
                    file,
                    r.element(),
                    "error",
                    "relance/reference",
                    "There is no %s \"%s\": the process would stop here with an incident"
                        .formatted(r.kind(), r.id())))
        .toList();
  }

  /** Files that define what another file defines, too: the engine would keep only the later one. */
  static List<ModelLinter.Finding> defining(Map<String, ModelOutline> outlines, String file) {
    ModelOutline own = outlines.get(file);
    if (own == null) {
      return List.of();
    }
    Set<String> ids =
        new HashSet<>(own.definitions().stream().map(ModelOutline.Definition::id).toList());
    return outlines.entrySet().stream()
        .filter(e -> !e.getKey().equals(file) && kindOf(e.getKey()).equals(kindOf(file)))
        .flatMap(
            e ->
                e.getValue().definitions().stream()
                    .filter(d -> ids.contains(d.id()))
                    .map(
                        d ->
                            new ModelLinter.Finding(
                                file,
                                d.id(),
                                "error",
                                "relance/twice",
                                "%s defines \"%s\", too: give one of them another id"
                                    .formatted(e.getKey(), d.id()))))
        .toList();
  }

  private Map<String, Set<String>> bonds() {
    Map<String, Set<String>> bound = new HashMap<>();
    outlines.forEach(
        (file, outline) ->
            outline.references().stream()
                .filter(r -> r.toDeployment() && r.isKnown())
                .map(r -> fileOf.get(r.kind() + " " + r.id()))
                .filter(other -> other != null)
                .forEach(
                    other -> {
                      bound.computeIfAbsent(file, f -> new HashSet<>()).add(other);
                      bound.computeIfAbsent(other, f -> new HashSet<>()).add(file);
                    }));
    return bound;
  }

  private static String kindOf(String file) {
    return switch (new ModelFile(file, new byte[0]).kind()) {
      case "bpmn" -> "process";
      case "dmn" -> "decision";
      default -> "form";
    };
  }
}
