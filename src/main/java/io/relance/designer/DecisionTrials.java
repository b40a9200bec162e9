package io.relance.designer;

import io.relance.analytics.flow.Interval;
import io.relance.engine.DecisionFailed;
import io.relance.engine.DecisionModel;
import io.relance.engine.DecisionSubjects;
import io.relance.engine.Decisions;
import io.relance.engine.ModelFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tries a decision on the real cases of today, beside the one that is live. */
@Component
public class DecisionTrials {

  private static final int EXAMPLES = 200;

  /**
   * @param cases that there are
   * @param asked that both were asked about
   * @param complete whether all that could be asked about were; if not, time was up, and those that
   *     were asked about are drawn by lot
   * @param share how many of all would be treated in another way, by those that were drawn; null
   *     where all were asked, or where nothing was drawn
   * @param recorded whether the facts are those of the last time that the engine asked
   * @param changed cases that would be treated in another way
   * @param changedNow those of them to which something else would be said today; with the others,
   *     what is planned for them changes
   * @param rows how often each row fires, before and after
   * @param ways what becomes of what, the most frequent first
   * @param examples two hundred of the cases that would be treated in another way
   */
  public record Trial(
      String decisionId,
      int cases,
      int asked,
      boolean complete,
      @Nullable Interval share,
      boolean recorded,
      int changed,
      int changedNow,
      List<RowUse> rows,
      List<Way> ways,
      List<Example> examples) {}

  /**
   * @param table id of the decision whose table it is: the one that was asked, or one it asks
   * @param number of the row in its table, from 1; 0 for one that is not there any more
   * @param words the row's description
   */
  public record RowUse(
      String table, String ruleId, int number, String words, int before, int after) {}

  public record Way(String before, String after, int cases) {}

  /**
   * @param rows of what fires for it afterwards, in words, or its number as {@code #3}
   */
  public record Example(
      String payerNumber,
      String payerName,
      String about,
      String before,
      String after,
      String rows) {}

  private record Answer(String words, Map<String, Object> results, List<Decisions.Hit> hits) {}

  private record Answers(Answer was, Answer is) {}

  private final Models models;
  private final Decisions decisions;
  private final List<DecisionSubjects> known;
  private final RecordedSubjects recorded;
  private final JsonMapper json;
  private final Duration patience;

  /**
   * @param patience how long cases are asked about before the answer is given
   */
  DecisionTrials(
      Models models,
      Decisions decisions,
      List<DecisionSubjects> known,
      RecordedSubjects recorded,
      JsonMapper json,
      @Value("${relance.studio.trial-patience:20s}") Duration patience) {
    this.models = models;
    this.decisions = decisions;
    this.known = List.copyOf(known);
    this.recorded = recorded;
    this.json = json;
    this.patience = patience;
  }

  /** The decisions in a file, by id. */
  public Map<String, String> decisionsIn(ModelFile file) {
    return decisions.read(file.name(), file.content()).decisions();
  }

  /**
   * @param file that is tried
   * @throws DecisionFailed if the engine would not take the file
   */
  public Trial run(ModelFile file, String decisionId) {
    ModelFile live = models.live(file.name()).map(Models.Live::file).orElse(file);
    Run run =
        new Run(
            decisions.read(live.name(), live.content()),
            decisions.read(file.name(), file.content()),
            new FactsNamed(live, file),
            decisionId);
    DecisionSubjects subjects =
        known.stream().filter(s -> s.decisionId().equals(decisionId)).findFirst().orElse(null);
    if (subjects != null) {
      subjects.read(run::ask);
      return run.result(subjects.count(), false);
    }
    List<DecisionSubjects.Subject> lately = recorded.of(decisionId);
    for (DecisionSubjects.Subject subject : lately) {
      if (!run.ask(subject)) {
        break;
      }
    }
    return run.result(lately.size(), true);
  }

  private final class Run {

    private final DecisionModel before;
    private final DecisionModel after;
    private final FactsNamed facts;
    private final String decisionId;
    private final Map<Map<String, Object>, Answers> known = new HashMap<>();
    private final long until = System.nanoTime() + patience.toNanos();
    private final Map<String, int[]> rows = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, String> tables = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<List<String>, Integer> ways = new LinkedHashMap<>();
    private final List<Example> examples = new ArrayList<>();
    private int asked;
    private int changed;
    private int changedNow;
    private boolean complete = true;

    Run(DecisionModel before, DecisionModel after, FactsNamed facts, String decisionId) {
      this.before = before;
      this.after = after;
      this.facts = facts;
      this.decisionId = decisionId;
      for (String table : after.decisions().keySet()) {
        List<String> rules = after.rows(table);
        for (int i = 0; i < rules.size(); i++) {
          numbers.put(rules.get(i), i + 1);
          tables.put(rules.get(i), table);
          rows.put(rules.get(i), new int[2]);
        }
      }
    }

    boolean ask(DecisionSubjects.Subject subject) {
      if (System.nanoTime() > until) {
        complete = false;
        return false;
      }
      Answers answers =
          known.computeIfAbsent(
              facts.of(subject.variables()),
              any -> new Answers(answer(before, subject), answer(after, subject)));
      Answer was = answers.was();
      Answer is = answers.is();
      asked++;
      was.hits().forEach(hit -> count(hit, 0));
      is.hits().forEach(hit -> count(hit, 1));
      boolean now = !was.words().equals(is.words());
      if (now || !was.results().equals(is.results())) {
        changed++;
        changedNow += now ? 1 : 0;
        String before = now ? was.words() : rowsOnlyIn(was, is);
        String after = now ? is.words() : rowsOnlyIn(is, was);
        ways.merge(List.of(before, after), 1, Integer::sum);
        if (examples.size() < EXAMPLES) {
          examples.add(
              new Example(
                  subject.payerNumber(),
                  subject.payerName(),
                  subject.about(),
                  before,
                  after,
                  String.join(", ", is.hits().stream().map(this::wordsOf).toList())));
        }
      }
      return true;
    }

    private Answer answer(DecisionModel model, DecisionSubjects.Subject subject) {
      try {
        Decisions.Outcome outcome = model.evaluate(decisionId, subject.variables());
        return new Answer(said(outcome.output()), outcome.results(), outcome.hits());
      } catch (DecisionFailed none) {
        return new Answer("–", Map.of(), List.of());
      }
    }

    /** Rows that fire for the one and not for the other; all of them where they are the same. */
    private String rowsOnlyIn(Answer one, Answer other) {
      List<String> theirs = other.hits().stream().map(Decisions.Hit::ruleId).toList();
      List<String> only =
          one.hits().stream()
              .filter(hit -> !theirs.contains(hit.ruleId()))
              .map(this::wordsOf)
              .toList();
      return only.isEmpty()
          ? String.join("; ", one.hits().stream().map(this::wordsOf).toList())
          : String.join("; ", only);
    }

    private String said(@Nullable Object output) {
      return output instanceof String text ? text : json.writeValueAsString(output);
    }

    private void count(Decisions.Hit hit, int when) {
      rows.computeIfAbsent(hit.ruleId(), r -> new int[2])[when]++;
      words.putIfAbsent(hit.ruleId(), hit.words());
      tables.putIfAbsent(hit.ruleId(), hit.decisionId());
    }

    private String wordsOf(Decisions.Hit hit) {
      return hit.words().isEmpty() ? "#" + numbers.getOrDefault(hit.ruleId(), 0) : hit.words();
    }

    Trial result(int cases, boolean fromRecords) {
      Map<String, String> described = after.rowWords();
      List<RowUse> uses =
          rows.entrySet().stream()
              .map(
                  e ->
                      new RowUse(
                          tables.getOrDefault(e.getKey(), decisionId),
                          e.getKey(),
                          Objects.requireNonNullElse(numbers.get(e.getKey()), 0),
                          described.getOrDefault(e.getKey(), words.getOrDefault(e.getKey(), "")),
                          e.getValue()[0],
                          e.getValue()[1]))
              .toList();
      List<Way> all =
          ways.entrySet().stream()
              .map(e -> new Way(e.getKey().get(0), e.getKey().get(1), e.getValue()))
              .sorted(Comparator.comparing(Way::cases).reversed())
              .toList();
      return new Trial(
          decisionId,
          cases,
          asked,
          complete,
          complete || fromRecords ? null : Interval.ofShare(changed, asked),
          fromRecords,
          changed,
          changedNow,
          uses,
          all,
          examples);
    }
  }
}
