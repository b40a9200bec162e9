package io.relance.web;

import io.relance.designer.DraftChanged;
import io.relance.designer.Drafts;
import io.relance.designer.ModelReader;
import io.relance.designer.ModelRefused;
import io.relance.designer.ReleaseLog;
import io.relance.designer.ReleaseRefused;
import io.relance.designer.Revisions;
import io.relance.designer.Versions;
import io.relance.engine.EngineGate;
import io.relance.engine.ModelFile;
import io.relance.kernel.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where designers find the models, edit them, and look at what became of them. */
@Controller
class StudioPages {

  /**
   * @param title what its designer called it
   */
  record Row(String title, StudioResource.FileView file) {}

  /** A version of a file to compare with. */
  record Choice(String word, String label) {}

  private final StudioResource studio;
  private final ReleaseLog releases;
  private final Drafts drafts;
  private final Versions versions;
  private final Revisions revisions;
  private final ModelReader reader;
  private final StudioWords words;
  private final EngineGate gate;

  StudioPages(
      StudioResource studio,
      ReleaseLog releases,
      Drafts drafts,
      Versions versions,
      Revisions revisions,
      ModelReader reader,
      StudioWords words,
      EngineGate gate) {
    this.studio = studio;
    this.releases = releases;
    this.drafts = drafts;
    this.versions = versions;
    this.revisions = revisions;
    this.reader = reader;
    this.words = words;
    this.gate = gate;
  }

  @GetMapping("/studio")
  String all(Model page) {
    Map<String, ModelFile> newest = versions.newest();
    List<Row> rows = new ArrayList<>();
    for (StudioResource.FileView file : studio.files()) {
      ModelFile content = newest.get(file.name());
      if (content != null) {
        rows.add(new Row(titleOf(content), file));
      }
    }
    page.addAttribute("processes", of(rows, "bpmn"));
    page.addAttribute("decisions", of(rows, "dmn"));
    page.addAttribute("forms", of(rows, "form"));
    page.addAttribute("drafts", rows.stream().filter(r -> r.file().draft() != null).count());
    page.addAttribute("releases", releases.all().stream().limit(20).toList());
    return "studio";
  }

  private static List<Row> of(List<Row> rows, String kind) {
    return rows.stream().filter(r -> r.file().name().endsWith("." + kind)).toList();
  }

  private String titleOf(ModelFile file) {
    return reader.read(file).definitions().getFirst().name();
  }

  @GetMapping("/studio/edit/{name}")
  String edit(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String as,
      Model page,
      Locale locale) {
    ModelFile file = studio.required(name, "newest");
    page.addAttribute("name", name);
    page.addAttribute("kind", file.kind());
    page.addAttribute("editor", as.equals("text") ? "text" : file.kind());
    page.addAttribute("title", titleOf(file));
    page.addAttribute("draft", drafts.of(name).orElse(null));
    page.addAttribute("engine", gate.version());
    page.addAttribute("wordsJson", words.json(locale));
    return "studio-edit";
  }

  @PostMapping("/studio/discard/{name}")
  String discard(
      @PathVariable String name,
      @RequestParam int revision,
      Principal principal,
      RedirectAttributes next) {
    try {
      drafts.discard(name, revision, Actor.user(principal.getName()));
      next.addFlashAttribute("said", "studio.discarded");
    } catch (DraftChanged changed) {
      next.addFlashAttribute("problem", changed.getMessage());
    }
    return "redirect:/studio/history/" + name;
  }

  @GetMapping("/studio/history/{name}")
  String history(@PathVariable String name, Model page) {
    page.addAttribute("name", name);
    page.addAttribute("title", titleOf(anyOf(name)));
    page.addAttribute("draft", drafts.of(name).orElse(null));
    page.addAttribute("revisions", revisions.of(name));
    page.addAttribute("releases", releases.of(name));
    return "studio-history";
  }

  /** What there is of a file, also when its only draft was given up. */
  private ModelFile anyOf(String name) {
    return versions
        .newest(name)
        .or(() -> revisions.of(name).stream().findFirst().map(revisions::file))
        .orElseThrow(() -> new Problems.NotFound("There is no model " + name));
  }

  @PostMapping("/studio/restore/{name}")
  String restore(
      @PathVariable String name,
      @RequestParam String version,
      @RequestParam int base,
      Principal principal,
      RedirectAttributes next) {
    try {
      drafts.save(
          studio.required(name, version),
          base,
          Drafts.Kind.RESTORED,
          version,
          Actor.user(principal.getName()));
      return "redirect:/studio/edit/" + name;
    } catch (DraftChanged changed) {
      next.addFlashAttribute("problem", changed.getMessage());
      return "redirect:/studio/history/" + name;
    }
  }

  @GetMapping("/studio/compare/{name}")
  String compare(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      Model page,
      Locale locale) {
    List<Choice> choices =
        versions.of(name).stream().map(word -> new Choice(word, labelOf(word, locale))).toList();
    if (choices.isEmpty()) {
      throw new Problems.NotFound("There is no model " + name);
    }
    boolean drafted = drafts.of(name).isPresent();
    page.addAttribute("name", name);
    page.addAttribute("kind", name.substring(name.lastIndexOf('.') + 1));
    page.addAttribute("choices", choices);
    page.addAttribute("from", from.isEmpty() ? (drafted ? "live" : earlier(choices)) : from);
    page.addAttribute("to", to.isEmpty() ? (drafted ? "draft" : "live") : to);
    page.addAttribute("wordsJson", words.json(locale));
    return "studio-compare";
  }

  /** What was live before what is live now. */
  private static String earlier(List<Choice> choices) {
    List<String> released =
        choices.stream().map(Choice::word).filter(w -> w.startsWith("release-")).toList();
    return released.size() > 1
        ? released.get(1)
        : choices.stream().map(Choice::word).anyMatch("shipped"::equals) ? "shipped" : "live";
  }

  private String labelOf(String word, Locale locale) {
    int dash = word.indexOf('-');
    if (dash < 0) {
      return words.text(locale, "studio.version." + word);
    }
    long id = Long.parseLong(word.substring(dash + 1));
    if (word.startsWith("release-")) {
      ReleaseLog.Release release = releases.byId(id);
      return words.text(locale, "studio.version.release", release.versionTag(), release.author());
    }
    Optional<Revisions.Revision> revision = revisions.byId(id);
    return revision
        .map(
            r ->
                words.text(
                    locale,
                    "studio.version.revision",
                    r.revision(),
                    r.author(),
                    words.text(locale, "studio.kind." + r.kind())))
        .orElse(word);
  }

  @PostMapping("/studio/import")
  String take(
      @RequestParam("file") List<MultipartFile> files,
      @RequestParam(required = false) @Nullable String comment,
      Principal principal,
      RedirectAttributes next)
      throws IOException {
    try {
      List<String> taken = studio.take(files, comment, principal).drafts();
      next.addFlashAttribute("imported", taken);
    } catch (ModelRefused | DraftChanged | Problems.TooLarge refused) {
      next.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:/studio";
  }

  /** A new file, with what every file of its kind begins with. */
  @PostMapping("/studio/new")
  String create(
      @RequestParam String kind,
      @RequestParam String id,
      Principal principal,
      RedirectAttributes next) {
    String name = id + "." + kind;
    try {
      String blank = blank(kind, id);
      drafts.save(
          new ModelFile(name, blank.getBytes(StandardCharsets.UTF_8)),
          0,
          Drafts.Kind.SAVED,
          null,
          Actor.user(principal.getName()));
      return "redirect:/studio/edit/" + name;
    } catch (IllegalArgumentException | DraftChanged refused) {
      next.addFlashAttribute("problem", refused.getMessage());
      return "redirect:/studio";
    }
  }

  private String blank(String kind, String id) {
    if (!id.matches("[A-Za-z][A-Za-z0-9_-]{0,60}")) {
      throw new IllegalArgumentException(
          "The name '%s' is not taken: a letter, then letters, digits, '_' and '-'".formatted(id));
    }
    if (versions.newest(id + "." + kind).isPresent()) {
      throw new IllegalArgumentException("There is a model %s.%s already".formatted(id, kind));
    }
    return BlankModels.of(kind, id);
  }

  @GetMapping("/studio/deploy")
  String plan(
      @RequestParam(required = false) @Nullable List<String> file,
      @RequestParam(required = false) @Nullable String chosen,
      Model page) {
    List<Drafts.Draft> all = drafts.all();
    List<String> wanted = new ArrayList<>();
    for (Drafts.Draft draft : all) {
      boolean isChosen = file == null ? chosen == null : file.contains(draft.name());
      if (isChosen) {
        wanted.add(draft.name());
      }
    }
    page.addAttribute("drafts", all);
    page.addAttribute("wanted", wanted);
    if (!wanted.isEmpty()) {
      page.addAttribute("plan", studio.plan(new StudioResource.PlanRequest(Set.copyOf(wanted))));
    }
    return "studio-deploy";
  }

  @PostMapping("/studio/deploy")
  String deploy(
      @RequestParam List<String> draft,
      @RequestParam String versionTag,
      @RequestParam(required = false) @Nullable String comment,
      Principal principal,
      RedirectAttributes next) {
    try {
      var made =
          studio.deploy(
              new StudioResource.ReleaseRequest(versionTag, comment, DraftChoice.read(draft)),
              principal);
      return "redirect:/studio/releases/" + made.release().id();
    } catch (ReleaseRefused
        | DraftChanged
        | IllegalArgumentException
        | io.relance.engine.ModelDeployer.NoAnswer refused) {
      next.addFlashAttribute("problem", refused.getMessage());
      return "redirect:/studio/deploy";
    }
  }

  @GetMapping("/studio/releases/{id}")
  String release(@PathVariable long id, Model page) {
    page.addAttribute("release", releases.byId(id));
    page.addAttribute("files", releases.filesOf(id));
    long newest = releases.newestDeployed();
    page.addAttribute("newest", newest);
    page.addAttribute("isNewest", newest == id);
    return "studio-release";
  }

  @PostMapping("/studio/releases/{id}/roll-back")
  String rollBack(
      @PathVariable long id,
      @RequestParam String versionTag,
      @RequestParam(required = false) @Nullable String comment,
      @RequestParam long newest,
      Principal principal,
      RedirectAttributes next) {
    try {
      var made =
          studio.rollBack(
              id, new StudioResource.RollBackRequest(versionTag, comment, newest), principal);
      return "redirect:/studio/releases/" + made.release().id();
    } catch (ReleaseRefused | io.relance.engine.ModelDeployer.NoAnswer refused) {
      next.addFlashAttribute("problem", refused.getMessage());
      return id == 0 ? "redirect:/studio" : "redirect:/studio/releases/" + id;
    }
  }
}
