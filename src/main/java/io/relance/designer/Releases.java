package io.relance.designer;

import io.relance.access.Audit;
import io.relance.engine.LiveModels;
import io.relance.engine.ModelDeployer;
import io.relance.engine.ModelFile;
import io.relance.kernel.Actor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts drafts live: all that belongs together in one step, under a version tag. A release is
 * written down before the engine is asked, so that one that was interrupted is carried out later;
 * the same files once more change nothing.
 */
@Component
public class Releases implements LiveModels {

  private static final Logger log = LoggerFactory.getLogger(Releases.class);
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,59}");

  private final ReleaseLog releases;
  private final ReleasePlanner planner;
  private final Models models;
  private final Drafts drafts;
  private final ObjectProvider<ModelDeployer> deployer;
  private final Audit audit;
  private final TransactionTemplate transaction;
  private final ReentrantLock carrying = new ReentrantLock();

  Releases(
      ReleaseLog releases,
      ReleasePlanner planner,
      Models models,
      Drafts drafts,
      ObjectProvider<ModelDeployer> deployer,
      Audit audit,
      TransactionTemplate transaction) {
    this.releases = releases;
    this.planner = planner;
    this.models = models;
    this.drafts = drafts;
    this.deployer = deployer;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * Deploys drafts with what is bound to them.
   *
   * @param wanted revisions of drafts by file name, as they were looked at
   * @param tag that the files get and that the engine shows
   * @throws ReleaseRefused if something speaks against it, or the engine does not take it
   * @throws DraftChanged if a draft is at another revision by now
   */
  public ReleaseLog.Release deploy(
      Map<String, Integer> wanted, String tag, @Nullable String comment, Actor actor) {
    requireTag(tag);
    if (wanted.isEmpty()) {
      throw new ReleaseRefused("No draft is chosen: choose what is to go live");
    }
    ReleasePlan plan = planner.plan(wanted.keySet());
    if (!plan.isPossible()) {
      throw new ReleaseRefused(
          "The linter has found errors, and nothing was deployed: mend them first",
          plan.findings());
    }
    Long id =
        transaction.execute(
            status -> {
              Map<String, ModelFile> changed = new TreeMap<>();
              wanted.forEach(
                  (name, revision) ->
                      changed.put(name, VersionTag.write(lockedAt(name, revision), tag)));
              return begin(changed, wanted, tag, comment, actor);
            });
    return carryOut(Objects.requireNonNull(id));
  }

  /**
   * Brings back what was live after a release: each file that was released later gets the content
   * that it had then.
   *
   * @param to a release that was deployed, or 0 for what was live before the first one
   * @param seen the newest release that the actor knows, so that nobody's later one is undone
   *     unseen; null to bring back whatever it is
   * @throws ReleaseRefused if another one was deployed meanwhile, or there is nothing to bring back
   */
  public ReleaseLog.Release rollBack(
      long to, @Nullable Long seen, String tag, @Nullable String comment, Actor actor) {
    requireTag(tag);
    Long id =
        transaction.execute(
            status -> {
              long newest = releases.newestDeployed();
              if (seen != null && seen != newest) {
                ReleaseLog.Release other = releases.byId(newest);
                throw new ReleaseRefused(
                    "%s deployed release %s meanwhile, and nothing was brought back: look at it first"
                        .formatted(other.author(), other.versionTag()));
              }
              Map<String, ModelFile> changed = releases.since(to);
              if (changed.isEmpty()) {
                throw new ReleaseRefused(
                    "Nothing was deployed since then: there is nothing to bring back");
              }
              return begin(changed, Map.of(), tag, comment, actor);
            });
    return carryOut(Objects.requireNonNull(id));
  }

  @Override
  public List<ModelFile> files() {
    return models.live().values().stream().map(Models.Live::file).toList();
  }

  @Override
  public void finish() {
    releases.unfinished().forEach(this::carryOut);
  }

  /** A release whose engine was away goes on when it is back. */
  @Scheduled(fixedDelay = 10_000, initialDelay = 30_000)
  void goOn() {
    for (long id : releases.unfinished()) {
      if (carrying.isLocked()) {
        return;
      }
      try {
        carryOut(id);
      } catch (ReleaseRefused | ModelDeployer.NoAnswer told) {
        log.warn("Release {} was not carried out yet: {}", id, told.getMessage());
      }
    }
  }

  private ModelFile lockedAt(String name, int revision) {
    Drafts.Draft draft = drafts.locked(name).orElse(null);
    if (draft == null || draft.revision() != revision) {
      throw drafts.changed(name);
    }
    return drafts.file(draft);
  }

  private long begin(
      Map<String, ModelFile> changed,
      Map<String, Integer> revisions,
      String tag,
      @Nullable String comment,
      Actor actor) {
    Map<String, Models.Live> live = models.live();
    Map<String, ModelFile> files = new LinkedHashMap<>();
    for (String name : planner.together(changed, live)) {
      ModelFile own = changed.get(name);
      files.put(name, own == null ? Objects.requireNonNull(live.get(name)).file() : own);
    }
    long id = releases.begin(tag, comment, actor, files, revisions, live);
    audit.record(actor, "release-models", "release " + tag, String.join(", ", changed.keySet()));
    return id;
  }

  private ReleaseLog.Release carryOut(long id) {
    carrying.lock();
    try {
      ReleaseLog.Release release = releases.byId(id);
      if (!release.state().equals("deploying")) {
        return release;
      }
      List<ModelFile> files = releases.files(id);
      try {
        List<ModelDeployer.Definition> made = deployer.getObject().deploy(files);
        transaction.executeWithoutResult(status -> done(release, made));
        return releases.byId(id);
      } catch (ModelDeployer.Refused refused) {
        releases.failed(id, String.valueOf(refused.getMessage()));
        throw new ReleaseRefused(
            "The engine did not take the release, and nothing was deployed: "
                + refused.getMessage());
      }
    } finally {
      carrying.unlock();
    }
  }

  private void done(ReleaseLog.Release release, List<ModelDeployer.Definition> made) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    made.forEach(
        d ->
            versions
                .computeIfAbsent(d.file(), f -> new ArrayList<>())
                .add(d.id() + " " + d.version()));
    releases.deployed(release.id(), versions);
    releases
        .revisions(release.id())
        .forEach(
            file ->
                drafts.deployed(
                    file.name(),
                    file.revision(),
                    file.hash(),
                    release.versionTag(),
                    Actor.user(release.author())));
  }

  private static void requireTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new ReleaseRefused(
          "The version tag '%s' is not taken: letters, digits, '.', '_', '+' and '-', 60 at the most, such as 2026-11.2"
              .formatted(tag));
    }
  }
}
