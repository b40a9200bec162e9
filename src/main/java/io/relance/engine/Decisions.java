package io.relance.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.dmn.DmnEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Evaluates deployed decisions here, with the library that the engine itself uses: for many payers
 * at once and for days gone by, without a command each. The newest deployed version counts, as it
 * does in the models; before anything is deployed, the one that ships.
 */
@Component
public class Decisions {

  private static final Duration NEWER_AFTER = Duration.ofSeconds(5);

  /**
   * A row that fired.
   *
   * @param words the row's description, empty where it has none
   * @param output of its (first) output column
   */
  public record Hit(String decisionId, String ruleId, String words, @Nullable Object output) {}

  /**
   * @param output what the decision says; a context is a map, a list a list
   * @param results of each decision that took part, by its id
   * @param version of the decision; 0 for the one that ships and is not deployed yet
   */
  public record Outcome(
      @Nullable Object output, Map<String, Object> results, List<Hit> hits, int version) {}

  private record Loaded(DecisionModel model, long checkedAtNanos) {}

  private final DeployedDecisions deployed;
  private final DmnEngine engine = new DmnEngine.Builder().build();
  private final Map<Long, Map<String, String>> words = new ConcurrentHashMap<>();
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

  Decisions(DeployedDecisions deployed) {
    this.deployed = deployed;
  }

  /**
   * @throws DecisionFailed if there is no such decision, it does not evaluate, or it has no row for
   *     these facts
   */
  public Outcome evaluate(String decisionId, Map<String, Object> variables) {
    return loaded.compute(decisionId, this::current).model().evaluate(decisionId, variables);
  }

  /**
   * A file that is not deployed, or not any more.
   *
   * @param name of the file
   * @throws DecisionFailed if the engine would not take it
   */
  public DecisionModel read(String name, byte[] xml) {
    return DecisionModel.read(engine, name, xml, 0);
  }

  /** The descriptions of the rows of a deployed decision's file, by the rows' ids. */
  Map<String, String> wordsOf(long decisionKey) {
    return words.computeIfAbsent(
        decisionKey,
        key ->
            deployed
                .fileOf(key)
                .map(xml -> DecisionModel.read(engine, "decision " + key, xml, 0).rowWords())
                .orElse(Map.of()));
  }

  private Loaded current(String decisionId, @Nullable Loaded before) {
    long now = System.nanoTime();
    if (before != null && now - before.checkedAtNanos() < NEWER_AFTER.toNanos()) {
      return before;
    }
    Optional<DeployedDecisions.Deployed> newest = deployed.newest(decisionId);
    int version = newest.map(DeployedDecisions.Deployed::version).orElse(0);
    if (before != null && before.model().version() == version) {
      return new Loaded(before.model(), now);
    }
    byte[] xml = newest.map(deployed::file).orElseGet(() -> shipped(decisionId));
    return new Loaded(DecisionModel.read(engine, decisionId, xml, version), now);
  }

  private static byte[] shipped(String decisionId) {
    try (InputStream file =
        Decisions.class.getResourceAsStream("/models/bpmn/" + decisionId + ".dmn")) {
      if (file == null) {
        throw new DecisionFailed(decisionId, "no decision of that id is deployed", Map.of());
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
