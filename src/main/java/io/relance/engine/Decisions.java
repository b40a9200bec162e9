package io.relance.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.dmn.Audit;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

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

  private record Loaded(
      int version, ParsedDmn dmn, Map<String, String> words, long checkedAtNanos) {}

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
    Loaded decision = loaded.compute(decisionId, this::current);
    Either<DmnEngine.EvalFailure, DmnEngine.EvalResult> answer =
        engine.eval(decision.dmn(), decisionId, variables);
    if (answer.isLeft()) {
      throw new DecisionFailed(
          decisionId, answer.swap().toOption().get().failure().message(), variables);
    }
    DmnEngine.EvalResult result = answer.toOption().get();
    if (result.isNil() || result.value() == null) {
      throw new DecisionFailed(decisionId, "no row applies", variables);
    }
    List<Hit> hits = new ArrayList<>();
    Map<String, Object> results = new LinkedHashMap<>();
    for (Audit.AuditLogEntry entry : CollectionConverters.asJava(result.auditLog().entries())) {
      results.put(entry.id(), unpacked(entry.result().result()));
      if (entry.result() instanceof Audit.DecisionTableEvaluationResult table) {
        for (Audit.EvaluatedRule rule : CollectionConverters.asJava(table.matchedRules())) {
          hits.add(
              new Hit(
                  entry.id(),
                  rule.rule().id(),
                  decision.words().getOrDefault(rule.rule().id(), ""),
                  rule.outputs().isEmpty() ? null : unpacked(rule.outputs().head().value())));
        }
      }
    }
    return new Outcome(plain(result.value()), results, List.copyOf(hits), decision.version());
  }

  /** The descriptions of the rows of a deployed decision's file, by the rows' ids. */
  Map<String, String> wordsOf(long decisionKey) {
    return words.computeIfAbsent(
        decisionKey,
        key ->
            deployed
                .fileOf(key)
                .map(xml -> engine.parse(new ByteArrayInputStream(xml)))
                .filter(Either::isRight)
                .map(parsed -> words(parsed.toOption().get()))
                .orElse(Map.of()));
  }

  private static Object unpacked(Val value) {
    return switch (value) {
      case ValNumber number -> number.value().bigDecimal();
      case ValString text -> text.value();
      case ValBoolean truth -> truth.value();
      default -> value.toString();
    };
  }

  /** The library's own collections as those of Java, whatever they hold. */
  private static Object plain(Object value) {
    if (value instanceof scala.collection.Map<?, ?> context) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      CollectionConverters.asJava(context)
          .forEach(
              (name, entry) ->
                  entries.put(String.valueOf(name), entry == null ? null : plain(entry)));
      return entries;
    }
    if (value instanceof scala.collection.Seq<?> list) {
      return CollectionConverters.asJava(list).stream().map(Decisions::plain).toList();
    }
    return value;
  }

  private Loaded current(String decisionId, @Nullable Loaded before) {
    long now = System.nanoTime();
    if (before != null && now - before.checkedAtNanos() < NEWER_AFTER.toNanos()) {
      return before;
    }
    Optional<DeployedDecisions.Deployed> newest = deployed.newest(decisionId);
    int version = newest.map(DeployedDecisions.Deployed::version).orElse(0);
    if (before != null && before.version() == version) {
      return new Loaded(version, before.dmn(), before.words(), now);
    }
    byte[] xml = newest.map(deployed::file).orElseGet(() -> shipped(decisionId));
    Either<DmnEngine.Failure, ParsedDmn> parsed = engine.parse(new ByteArrayInputStream(xml));
    if (parsed.isLeft()) {
      throw new DecisionFailed(decisionId, parsed.swap().toOption().get().message(), Map.of());
    }
    ParsedDmn dmn = parsed.toOption().get();
    return new Loaded(version, dmn, words(dmn), now);
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

  private static Map<String, String> words(ParsedDmn dmn) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Rule rule : dmn.model().getModelElementsByType(Rule.class)) {
      if (rule.getDescription() != null) {
        words.put(rule.getId(), rule.getDescription().getTextContent().strip());
      }
    }
    return words;
  }
}
