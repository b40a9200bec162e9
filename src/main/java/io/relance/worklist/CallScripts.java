package io.relance.worklist;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks call-script.dmn what an agent says: by the payer's band, how late they are, what they
 * promised, and the law of their country. It gets the same facts as task-routing.dmn.
 */
@Component
class CallScripts {

  static final String DECISION = "call-script";

  private static final Logger log = LoggerFactory.getLogger(CallScripts.class);

  /** The parts of a script as forms name them, by the part that a row names. */
  private static final Map<String, String> NAMES =
      Map.of("must-say", "mustSay", "say", "callScript", "if-asked", "ifAsked");

  /**
   * What is put into the words.
   *
   * @param total what is asked for, as the reader writes it
   */
  record Names(String payer, String creditor, String total) {

    /** From the facts that a form shows; none where a task is of no payer. */
    static Names of(Map<String, Object> facts) {
      return new Names(
          named(facts, "payerName"), named(facts, "creditorName"), named(facts, "claimTotal"));
    }

    private static String named(Map<String, Object> facts, String name) {
      return String.valueOf(facts.getOrDefault(name, ""));
    }
  }

  private final Decisions decisions;
  private final RankFacts facts;
  private final InstantSource clock;

  CallScripts(Decisions decisions, RankFacts facts, InstantSource clock) {
    this.decisions = decisions;
    this.facts = facts;
    this.clock = clock;
  }

  /** Whether a form has a place for any part of a script. */
  static boolean isShownBy(String schema) {
    return NAMES.values().stream().anyMatch(schema::contains);
  }

  /**
   * The script's parts as lists in Markdown, by the names that forms use. A decision that does not
   * work is told where the script would stand: the call can be made without.
   */
  Map<String, String> of(long taskKey, Names names, Locale locale) {
    Map<String, String> script = new LinkedHashMap<>();
    NAMES.values().forEach(name -> script.put(name, "-"));
    RankFacts.Ranked task =
        facts.of(List.of(taskKey), clock.instant()).stream().findFirst().orElse(null);
    if (task == null) {
      return script;
    }
    try {
      lines(task.facts(), names, locale)
          .forEach((part, lines) -> script.put(part, "- " + String.join("\n- ", lines)));
    } catch (DecisionFailed broken) {
      log.warn("The call script of task {} cannot be shown: {}", taskKey, broken.getMessage());
      script.put("callScript", String.valueOf(broken.getMessage()));
    }
    return script;
  }

  /**
   * @throws DecisionFailed if the decision does not evaluate, or a row names an unknown part
   */
  Map<String, List<String>> lines(RoutingFacts task, Names names, Locale locale) {
    Map<String, Object> variables = Map.of("task", task.asVariables());
    String language = locale.getLanguage().equals("fr") ? "fr" : "en";
    Map<String, List<String>> lines = new LinkedHashMap<>();
    if (!(decisions.evaluate(DECISION, variables).output() instanceof List<?> rows)) {
      throw new DecisionFailed(DECISION, "its hit policy must be rule order", variables);
    }
    for (Object row : rows) {
      if (!(row instanceof Map<?, ?> said)
          || !(said.get(language) instanceof String words)
          || NAMES.get(String.valueOf(said.get("part"))) == null) {
        throw new DecisionFailed(
            DECISION, "each row names a part (must-say, say, if-asked), en and fr", variables);
      }
      lines
          .computeIfAbsent(name(said.get("part")), part -> new ArrayList<>())
          .add(filled(words, names, task.daysOverdue()));
    }
    return lines;
  }

  private static String name(@Nullable Object part) {
    return String.valueOf(NAMES.get(String.valueOf(part)));
  }

  private static String filled(String words, Names names, int days) {
    return words
        .replace("{payer}", names.payer())
        .replace("{creditor}", names.creditor())
        .replace("{total}", names.total())
        .replace("{days}", String.valueOf(days));
  }
}
