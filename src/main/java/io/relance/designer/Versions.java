package io.relance.designer;

import io.relance.engine.ModelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * A file in any of its versions, by a word: {@code draft}, {@code live}, {@code shipped}, {@code
 * revision-7} of its drafts, or {@code release-3}.
 */
@Component
public class Versions {

  private final Models models;
  private final Drafts drafts;
  private final Revisions revisions;
  private final ReleaseLog releases;

  Versions(Models models, Drafts drafts, Revisions revisions, ReleaseLog releases) {
    this.models = models;
    this.drafts = drafts;
    this.revisions = revisions;
    this.releases = releases;
  }

  /** Each file's draft, or what is live where there is none, by name. */
  public Map<String, ModelFile> newest() {
    Map<String, ModelFile> files = new TreeMap<>();
    models.live().forEach((name, live) -> files.put(name, live.file()));
    drafts.all().forEach(draft -> files.put(draft.name(), drafts.file(draft)));
    return files;
  }

  /** The draft, or what is live where there is none. */
  public Optional<ModelFile> newest(String name) {
    return find(name, "draft").or(() -> find(name, "live"));
  }

  /**
   * @throws IllegalArgumentException if there is no such word
   */
  public Optional<ModelFile> find(String name, String version) {
    return switch (version) {
      case "draft" -> drafts.of(name).map(drafts::file);
      case "live" -> models.live(name).map(Models.Live::file);
      case "shipped" -> models.shipped(name);
      default -> numbered(name, version);
    };
  }

  /** Words of the versions that there are of a file, the newest first. */
  public List<String> of(String name) {
    List<String> words = new ArrayList<>();
    drafts.of(name).ifPresent(d -> words.add("draft"));
    models.live(name).ifPresent(l -> words.add("live"));
    releases.of(name).forEach(r -> words.add("release-" + r.id()));
    revisions.of(name).stream().limit(30).forEach(r -> words.add("revision-" + r.id()));
    models.shipped(name).ifPresent(s -> words.add("shipped"));
    return List.copyOf(words);
  }

  private Optional<ModelFile> numbered(String name, String version) {
    int dash = version.indexOf('-');
    if (dash < 0 || !version.substring(dash + 1).matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          "The version '%s' is none: draft, live, shipped, revision-7 or release-3"
              .formatted(version));
    }
    long id = Long.parseLong(version.substring(dash + 1));
    return switch (version.substring(0, dash)) {
      case "revision" -> revisions.byId(id).filter(r -> r.name().equals(name)).map(revisions::file);
      case "release" ->
          releases.filesOf(id).stream()
              .filter(f -> f.name().equals(name))
              .findFirst()
              .map(releases::file);
      default ->
          throw new IllegalArgumentException(
              "The version '%s' is none: draft, live, shipped, revision-7 or release-3"
                  .formatted(version));
    };
  }
}
