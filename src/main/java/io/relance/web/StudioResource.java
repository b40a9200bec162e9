package io.relance.web;

import io.relance.designer.DecisionTrials;
import io.relance.designer.Drafts;
import io.relance.designer.ModelExchange;
import io.relance.designer.ModelLinter;
import io.relance.designer.ModelReader;
import io.relance.designer.Models;
import io.relance.designer.Presence;
import io.relance.designer.ReleaseLog;
import io.relance.designer.ReleasePlan;
import io.relance.designer.ReleasePlanner;
import io.relance.designer.Releases;
import io.relance.designer.Revisions;
import io.relance.designer.Versions;
import io.relance.engine.ModelFile;
import io.relance.engine.ShippedModels;
import io.relance.kernel.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The designer's studio: for scripts with a token, and for its own pages with their session. */
@RestController
@RequestMapping({"/api/v1/studio", "/studio/api"})
class StudioResource {

  /**
   * @param versionTag of the release that is live; null if it is as shipped
   * @param draft null if there is none
   */
  record FileView(
      String name,
      @Nullable String versionTag,
      boolean shippedSince,
      Drafts.@Nullable Draft draft) {}

  record Saved(int revision, Instant at, List<ModelLinter.Finding> findings) {}

  record Seen(List<String> others, int revision, String by) {}

  record Imported(List<String> drafts) {}

  record PlanRequest(Set<String> files) {}

  /**
   * @param drafts revisions by file name, as they were looked at
   */
  record ReleaseRequest(
      @Nullable String versionTag,
      @Nullable String comment,
      @Nullable Map<String, Integer> drafts) {}

  /**
   * @param newest id of the newest release that the caller has seen; null to bring back whatever
   *     came later
   */
  record RollBackRequest(
      @Nullable String versionTag, @Nullable String comment, @Nullable Long newest) {}

  record ReleaseView(ReleaseLog.Release release, List<ReleaseLog.ReleasedFile> files) {}

  private final Models models;
  private final Drafts drafts;
  private final Revisions revisions;
  private final Versions versions;
  private final Presence presence;
  private final ReleasePlanner planner;
  private final Releases releases;
  private final ReleaseLog log;
  private final ModelExchange exchange;
  private final DecisionTrials trials;
  private final ShippedModels shipped;
  private final JsonMapper json;

  StudioResource(
      Models models,
      Drafts drafts,
      Revisions revisions,
      Versions versions,
      Presence presence,
      ReleasePlanner planner,
      Releases releases,
      ReleaseLog log,
      ModelExchange exchange,
      DecisionTrials trials,
      ShippedModels shipped,
      JsonMapper json) {
    this.models = models;
    this.drafts = drafts;
    this.revisions = revisions;
    this.versions = versions;
    this.presence = presence;
    this.planner = planner;
    this.releases = releases;
    this.log = log;
    this.exchange = exchange;
    this.trials = trials;
    this.shipped = shipped;
    this.json = json;
  }

  /** All files that are live or drafts, by name. */
  @GetMapping("/files")
  List<FileView> files() {
    Map<String, FileView> files = new TreeMap<>();
    Map<String, Drafts.Draft> open = new TreeMap<>();
    drafts.all().forEach(draft -> open.put(draft.name(), draft));
    models
        .live()
        .forEach(
            (name, live) ->
                files.put(
                    name,
                    new FileView(name, live.versionTag(), live.shippedSince(), open.get(name))));
    open.forEach((name, draft) -> files.putIfAbsent(name, new FileView(name, null, false, draft)));
    return List.copyOf(files.values());
  }

  @GetMapping("/files/{name}")
  ResponseEntity<byte[]> content(
      @PathVariable String name, @RequestParam(defaultValue = "newest") String version) {
    ModelFile file = required(name, version);
    return ResponseEntity.ok()
        .contentType(
            file.kind().equals("form") ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_XML)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(file.content());
  }

  @GetMapping("/files/{name}/names")
  List<ModelLinter.Finding> names(@PathVariable String name) {
    return planner.names(required(name, "newest"));
  }

  @GetMapping("/files/{name}/history")
  List<Revisions.Revision> history(@PathVariable String name) {
    return revisions.of(name);
  }

  /** The templates of elements that the editor offers. */
  @GetMapping("/element-templates")
  List<JsonNode> elementTemplates() {
    List<JsonNode> all = new ArrayList<>();
    shipped.elementTemplates().forEach(file -> json.readTree(file.content()).forEach(all::add));
    return all;
  }

  /**
   * Saves a draft; the body is the file.
   *
   * @param base the revision that was changed, 0 where there was no draft
   */
  @PutMapping("/drafts/{name}")
  Saved save(
      @PathVariable String name,
      @RequestParam(defaultValue = "0") int base,
      @RequestParam(defaultValue = "saved") String kind,
      @RequestParam(required = false) @Nullable String comment,
      HttpServletRequest request,
      Principal principal)
      throws IOException {
    byte[] content = request.getInputStream().readNBytes(ModelReader.BYTES_MAX + 1);
    ModelFile file = new ModelFile(name, content);
    Drafts.Draft saved =
        drafts.save(
            file,
            base,
            kind.equals("autosave") ? Drafts.Kind.AUTOSAVE : Drafts.Kind.SAVED,
            comment == null || comment.isBlank() ? null : comment,
            actor(principal));
    return new Saved(saved.revision(), saved.at(), planner.names(file));
  }

  @DeleteMapping("/drafts/{name}")
  void discard(@PathVariable String name, @RequestParam int revision, Principal principal) {
    drafts.discard(name, revision, actor(principal));
  }

  @PostMapping("/drafts/{name}/presence")
  Seen seen(@PathVariable String name, Principal principal) {
    List<String> others = presence.seen(name, actor(principal));
    return drafts
        .of(name)
        .map(draft -> new Seen(others, draft.revision(), draft.by()))
        .orElseGet(() -> new Seen(others, 0, ""));
  }

  @DeleteMapping("/drafts/{name}/presence")
  void gone(@PathVariable String name, Principal principal) {
    presence.gone(name, actor(principal));
  }

  /** Makes drafts of files, or of those in a zip archive. */
  @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Imported take(
      @RequestParam("file") List<MultipartFile> files,
      @RequestParam(required = false) @Nullable String comment,
      Principal principal)
      throws IOException {
    List<ModelFile> read = new ArrayList<>();
    for (MultipartFile file : files) {
      String name = Objects.requireNonNullElse(file.getOriginalFilename(), "model");
      long most = name.endsWith(".zip") ? 10L * ModelReader.BYTES_MAX : ModelReader.BYTES_MAX;
      if (file.getSize() > most) {
        throw new Problems.TooLarge(
            String.format(
                Locale.ROOT,
                "%s has %,d bytes; the largest that is taken has %,d",
                name,
                file.getSize(),
                most));
      }
      read.add(new ModelFile(name, file.getBytes()));
    }
    return new Imported(exchange.take(read, comment, actor(principal)));
  }

  /**
   * A zip archive of all files.
   *
   * @param of {@code live}, or {@code newest} for drafts over what is live
   */
  @GetMapping("/export")
  ResponseEntity<byte[]> export(@RequestParam(defaultValue = "live") String of) {
    Collection<ModelFile> files =
        of.equals("newest")
            ? versions.newest().values()
            : models.live().values().stream().map(Models.Live::file).toList();
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf("application/zip"))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"models.zip\"")
        .body(ModelExchange.pack(files));
  }

  /** Tries a decision on today's cases, beside the one that is live. */
  @GetMapping("/files/{name}/trial")
  DecisionTrials.Trial trial(
      @PathVariable String name,
      @RequestParam String decision,
      @RequestParam(defaultValue = "newest") String version) {
    return trials.run(required(name, version), decision);
  }

  @PostMapping("/plan")
  ReleasePlan plan(@RequestBody PlanRequest request) {
    return planner.plan(request.files() == null ? Set.of() : request.files());
  }

  @GetMapping("/releases")
  List<ReleaseLog.Release> releases() {
    return log.all();
  }

  @GetMapping("/releases/{id}")
  ReleaseView release(@PathVariable long id) {
    return new ReleaseView(log.byId(id), log.filesOf(id));
  }

  @PostMapping("/releases")
  ReleaseView deploy(@RequestBody ReleaseRequest request, Principal principal) {
    return view(
        releases.deploy(
            Objects.requireNonNullElse(request.drafts(), Map.of()),
            Objects.requireNonNullElse(request.versionTag(), ""),
            request.comment(),
            actor(principal)));
  }

  /** Brings back what was live after a release; 0 for what was live before the first one. */
  @PostMapping("/releases/{id}/roll-back")
  ReleaseView rollBack(
      @PathVariable long id, @RequestBody RollBackRequest request, Principal principal) {
    return view(
        releases.rollBack(
            id,
            request.newest(),
            Objects.requireNonNullElse(request.versionTag(), ""),
            request.comment(),
            actor(principal)));
  }

  private ReleaseView view(ReleaseLog.Release release) {
    return new ReleaseView(release, log.filesOf(release.id()));
  }

  ModelFile required(String name, String version) {
    return (version.equals("newest") ? versions.newest(name) : versions.find(name, version))
        .orElseThrow(
            () -> new Problems.NotFound("There is no version '%s' of %s".formatted(version, name)));
  }

  static Actor actor(Principal principal) {
    return Actor.user(principal.getName());
  }
}
