package io.relance.designer;

import io.relance.engine.ModelFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Says what a release of drafts would deploy, and looks at it before anybody else does. */
@Component
public class ReleasePlanner {

  private final Models models;
  private final Drafts drafts;
  private final ModelReader reader;
  private final ModelLinter linter;
  private final WaitingCases waiting;

  ReleasePlanner(
      Models models, Drafts drafts, ModelReader reader, ModelLinter linter, WaitingCases waiting) {
    this.models = models;
    this.drafts = drafts;
    this.reader = reader;
    this.linter = linter;
    this.waiting = waiting;
  }

  /**
   * @param wanted names of drafts
   * @throws IllegalArgumentException if there is no draft of such a name
   */
  public ReleasePlan plan(Set<String> wanted) {
    Map<String, Drafts.Draft> chosen = new TreeMap<>();
    Map<String, ModelFile> files = new TreeMap<>();
    for (String name : wanted) {
      Drafts.Draft draft =
          drafts
              .of(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "There is no draft of '%s' any more: it was deployed or given up"
                              .formatted(name)));
      chosen.put(name, draft);
      files.put(name, drafts.file(draft));
    }
    Map<String, Models.Live> live = models.live();
    List<ReleasePlan.Step> steps =
        together(files, live).stream()
            .map(
                name ->
                    new ReleasePlan.Step(
                        name,
                        chosen.containsKey(name),
                        Optional.ofNullable(chosen.get(name))
                            .map(Drafts.Draft::revision)
                            .orElse(0)))
            .toList();
    return new ReleasePlan(steps, findings(files, live), left(files, live));
  }

  /** Names that are deployed in one step with these, which are among them. */
  List<String> together(Map<String, ModelFile> changed, Map<String, Models.Live> live) {
    return new Together(outlines(changed, live)).with(changed.keySet());
  }

  /** What a file refers to or defines against the others, drafts among them. */
  public List<ModelLinter.Finding> names(ModelFile file) {
    Map<String, ModelFile> others = new TreeMap<>();
    drafts.all().forEach(draft -> others.put(draft.name(), drafts.file(draft)));
    others.put(file.name(), file);
    return names(file.name(), outlines(others, models.live()));
  }

  private List<ModelLinter.Finding> findings(
      Map<String, ModelFile> changed, Map<String, Models.Live> live) {
    Map<String, ModelOutline> outlines = outlines(changed, live);
    List<ModelLinter.Finding> findings = new ArrayList<>();
    changed.forEach(
        (name, file) -> {
          findings.addAll(linter.lint(name, file.content()));
          findings.addAll(names(name, outlines));
        });
    // a form that goes away leaves tasks of other files without one
    Together together = new Together(outlines);
    live.keySet().stream()
        .filter(name -> !changed.containsKey(name))
        .forEach(name -> findings.addAll(together.missing(name)));
    return List.copyOf(findings);
  }

  private static List<ModelLinter.Finding> names(String name, Map<String, ModelOutline> outlines) {
    List<ModelLinter.Finding> findings = new ArrayList<>(new Together(outlines).missing(name));
    findings.addAll(Together.defining(outlines, name));
    return findings;
  }

  private List<ReleasePlan.Left> left(
      Map<String, ModelFile> changed, Map<String, Models.Live> live) {
    List<ReleasePlan.Left> left = new ArrayList<>();
    changed.forEach(
        (name, file) -> {
          if (file.kind().equals("bpmn") && live.containsKey(name)) {
            ModelOutline before = reader.read(live.get(name).file());
            Set<String> removed = new HashSet<>(before.elements().keySet());
            removed.removeAll(reader.read(file).elements().keySet());
            for (ModelOutline.Definition process : before.definitions()) {
              waiting.of(process.id()).entrySet().stream()
                  .filter(at -> removed.contains(at.getKey()))
                  .forEach(
                      at ->
                          left.add(
                              new ReleasePlan.Left(
                                  name,
                                  at.getKey(),
                                  before.elements().getOrDefault(at.getKey(), at.getKey()),
                                  at.getValue())));
            }
          }
        });
    left.sort(Comparator.comparing(ReleasePlan.Left::cases).reversed());
    return List.copyOf(left);
  }

  private Map<String, ModelOutline> outlines(
      Map<String, ModelFile> changed, Map<String, Models.Live> live) {
    Map<String, ModelFile> all =
        live.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().file()));
    all.putAll(changed);
    Map<String, ModelOutline> outlines = new TreeMap<>();
    all.forEach((name, file) -> outlines.put(name, reader.read(file)));
    return outlines;
  }
}
