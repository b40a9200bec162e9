package io.relance.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.dmn.Audit;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

/** A file of decisions, ready to be asked. */
public final class DecisionModel {

  private final DmnEngine engine;
  private final ParsedDmn dmn;
  private final Map<String, String> words;
  private final int version;

  private DecisionModel(DmnEngine engine, ParsedDmn dmn, int version) {
    this.engine = engine;
    this.dmn = dmn;
    this.words = words(dmn);
    this.version = version;
  }

  /**
   * @param about what is read, for the failure's words
   * @throws DecisionFailed if the engine would not take the file
   */
  static DecisionModel read(DmnEngine engine, String about, byte[] xml, int version) {
    Either<DmnEngine.Failure, ParsedDmn> parsed = engine.parse(new ByteArrayInputStream(xml));
    if (parsed.isLeft()) {
      throw new DecisionFailed(about, parsed.swap().toOption().get().message(), Map.of());
    }
    return new DecisionModel(engine, parsed.toOption().get(), version);
  }

  /** The ids of the decisions in the file, in its order, with their names. */
  public Map<String, String> decisions() {
    Map<String, String> names = new LinkedHashMap<>();
    dmn.model()
        .getModelElementsByType(Decision.class)
        .forEach(d -> names.put(d.getId(), d.getName() == null ? d.getId() : d.getName()));
    return names;
  }

  /** The ids of the rows of a decision's table, in its order; none if it has no table. */
  public List<String> rows(String decisionId) {
    return dmn.model().getModelElementsByType(Decision.class).stream()
        .filter(d -> decisionId.equals(d.getId()))
        .flatMap(d -> d.getChildElementsByType(DecisionTable.class).stream())
        .flatMap(table -> table.getRules().stream())
        .map(Rule::getId)
        .toList();
  }

  /** The descriptions of rows, by the rows' ids. */
  public Map<String, String> rowWords() {
    return words;
  }

  int version() {
    return version;
  }

  /**
   * @throws DecisionFailed if it does not evaluate, or has no row for these facts
   */
  public Decisions.Outcome evaluate(String decisionId, Map<String, Object> variables) {
    Either<DmnEngine.EvalFailure, DmnEngine.EvalResult> answer =
        engine.eval(dmn, decisionId, variables);
    if (answer.isLeft()) {
      throw new DecisionFailed(
          decisionId, answer.swap().toOption().get().failure().message(), variables);
    }
    DmnEngine.EvalResult result = answer.toOption().get();
    if (result.isNil() || result.value() == null) {
      throw new DecisionFailed(decisionId, "no row applies", variables);
    }
    List<Decisions.Hit> hits = new ArrayList<>();
    Map<String, Object> results = new LinkedHashMap<>();
    for (Audit.AuditLogEntry entry : CollectionConverters.asJava(result.auditLog().entries())) {
      results.put(entry.id(), unpacked(entry.result().result()));
      if (entry.result() instanceof Audit.DecisionTableEvaluationResult table) {
        for (Audit.EvaluatedRule rule : CollectionConverters.asJava(table.matchedRules())) {
          hits.add(
              new Decisions.Hit(
                  entry.id(),
                  rule.rule().id(),
                  words.getOrDefault(rule.rule().id(), ""),
                  rule.outputs().isEmpty() ? null : unpacked(rule.outputs().head().value())));
        }
      }
    }
    return new Decisions.Outcome(plain(result.value()), results, List.copyOf(hits), version);
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
      return CollectionConverters.asJava(list).stream().map(DecisionModel::plain).toList();
    }
    return value;
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
