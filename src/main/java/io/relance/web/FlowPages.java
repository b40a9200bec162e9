package io.relance.web;

import io.relance.analytics.flow.FlowFigures;
import io.relance.analytics.flow.FlowGaps;
import io.relance.analytics.flow.FlowWaiting;
import io.relance.analytics.flow.StepFigures;
import io.relance.kernel.Money;
import io.relance.ledger.Creditors;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** What the models do, on their diagrams: for managers and designers. */
@Controller
class FlowPages {

  /** What the diagram and the table show of a step, as the reader writes it. */
  record Row(
      StepFigures step, String median, String p95, String money, String cash7, String cash30) {}

  static final int GAPS_MAX = 5;
  private static final int CASES_MAX = 200;
  private static final String FIRST = "invoice-collection";

  /** What the diagram can be coloured by. */
  private static final List<String> MEASURES =
      List.of("entered", "median", "p95", "waiting", "money", "cash7", "cash30");

  private final FlowView flow;
  private final FlowFigures figures;
  private final FlowWaiting waiting;
  private final FlowGaps gaps;
  private final Creditors creditors;
  private final PageWords say;
  private final JsonMapper json;

  FlowPages(
      FlowView flow,
      FlowFigures figures,
      FlowWaiting waiting,
      FlowGaps gaps,
      Creditors creditors,
      PageWords say,
      JsonMapper json) {
    this.flow = flow;
    this.figures = figures;
    this.waiting = waiting;
    this.gaps = gaps;
    this.creditors = creditors;
    this.say = say;
    this.json = json;
  }

  @GetMapping("/flow")
  String first() {
    List<String> models = figures.models();
    return models.isEmpty()
        ? "redirect:/tasks"
        : "redirect:/flow/" + (models.contains(FIRST) ? FIRST : models.getFirst());
  }

  @GetMapping("/flow/{model}")
  String model(
      @PathVariable String model,
      @RequestParam(required = false) @Nullable String version,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable String creditor,
      @RequestParam(required = false) @Nullable String segment,
      @RequestParam(required = false) @Nullable String band,
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(required = false, defaultValue = "entered") String by,
      Locale locale,
      Model page) {
    FlowView.Wanted wanted =
        new FlowView.Wanted(versionOf(version), from, to, creditor, segment, band, agent);
    FlowView.Shown shown = flow.choose(model, wanted);
    // a junction to which its designer gave no name is no step, unless somebody waits there
    List<StepFigures> steps =
        figures.of(shown.filter()).stream()
            .filter(s -> !s.name().equals(s.elementId()) || s.waiting() > 0)
            .toList();
    String measure = MEASURES.contains(by) ? by : MEASURES.getFirst();
    List<Row> rows = steps.stream().map(step -> row(step, locale)).toList();
    page.addAttribute("model", model);
    page.addAttribute("models", figures.models());
    page.addAttribute("flow", shown);
    page.addAttribute("wanted", wanted);
    page.addAttribute("rows", rows);
    page.addAttribute("measure", measure);
    page.addAttribute("measures", MEASURES);
    page.addAttribute("creditors", creditors.findAll());
    page.addAttribute("segments", figures.choices("segment"));
    page.addAttribute("agents", figures.choices("agent"));
    page.addAttribute("countedUpTo", figures.countedUpTo());
    page.addAttribute("mixed", isMixed(steps));
    page.addAttribute("gaps", gaps.all(GAPS_MAX));
    page.addAttribute(
        "heatJson", TaskPages.forScript(json.writeValueAsString(heat(rows, measure))));
    return "flow";
  }

  @GetMapping("/flow/{model}/cases")
  String cases(
      @PathVariable String model,
      @RequestParam String element,
      @RequestParam(required = false) @Nullable String version,
      @RequestParam(required = false) @Nullable String creditor,
      @RequestParam(required = false) @Nullable String segment,
      @RequestParam(required = false) @Nullable String band,
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      Model page) {
    FlowView.Shown shown =
        flow.choose(
            model,
            new FlowView.Wanted(versionOf(version), from, to, creditor, segment, band, agent));
    page.addAttribute("model", model);
    page.addAttribute("flow", shown);
    page.addAttribute("came", from != null);
    page.addAttribute(
        "name", say.element(element, figures.nameOf(shown.shown().processKey(), element)));
    page.addAttribute(
        "cases",
        from == null
            ? waiting.waitingAt(shown.filter(), element, CASES_MAX)
            : waiting.cameTo(
                shown.filter(),
                element,
                flow.begin(shown.from()),
                flow.begin(shown.to().plusDays(1)),
                CASES_MAX));
    page.addAttribute("max", CASES_MAX);
    return "flow-cases";
  }

  static @Nullable Integer versionOf(@Nullable String version) {
    if (version == null || version.isBlank()) {
      return null;
    }
    try {
      return Integer.valueOf(version);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "version is '" + version + "', and is a number such as 3", noNumber);
    }
  }

  private record Spot(String element, String text, int heat) {}

  /** Steps of nothing get no colour; amounts of several currencies cannot be compared. */
  private static List<Spot> heat(List<Row> rows, String measure) {
    double most = rows.stream().mapToDouble(row -> sizeOf(row.step(), measure)).max().orElse(0);
    return rows.stream()
        .filter(row -> sizeOf(row.step(), measure) > 0)
        .map(
            row ->
                new Spot(
                    row.step().elementId(),
                    textOf(row, measure),
                    (int) Math.ceil(5 * sizeOf(row.step(), measure) / most)))
        .toList();
  }

  private static double sizeOf(StepFigures step, String measure) {
    return switch (measure) {
      case "median" -> millis(step.median());
      case "p95" -> millis(step.p95());
      case "waiting" -> step.waiting();
      case "money" -> sizeOf(step.money());
      case "cash7" -> sizeOf(step.cash7());
      case "cash30" -> sizeOf(step.cash30());
      default -> step.entered();
    };
  }

  private static double millis(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toMillis();
  }

  private static double sizeOf(List<Money> amounts) {
    return amounts.isEmpty() ? 0 : amounts.getFirst().amount().doubleValue();
  }

  private static String textOf(Row row, String measure) {
    return switch (measure) {
      case "median" -> row.median();
      case "p95" -> row.p95();
      case "waiting" -> String.valueOf(row.step().waiting());
      case "money" -> row.money();
      case "cash7" -> row.cash7();
      case "cash30" -> row.cash30();
      default -> String.valueOf(row.step().entered());
    };
  }

  private static boolean isMixed(List<StepFigures> steps) {
    Set<String> currencies =
        steps.stream()
            .flatMap(
                step ->
                    java.util.stream.Stream.of(step.money(), step.cash30()).flatMap(List::stream))
            .map(Money::currencyCode)
            .collect(Collectors.toSet());
    return currencies.size() > 1;
  }

  private Row row(StepFigures step, Locale locale) {
    return new Row(
        step,
        say.duration(step.median()),
        say.duration(step.p95()),
        money(step.money(), locale),
        money(step.cash7(), locale),
        money(step.cash30(), locale));
  }

  private static String money(List<Money> amounts, Locale locale) {
    return amounts.stream().map(m -> m.format(locale)).collect(Collectors.joining(", "));
  }
}
