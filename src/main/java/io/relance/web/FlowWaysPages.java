package io.relance.web;

import io.relance.analytics.flow.CaseFunnel;
import io.relance.analytics.flow.FlowFigures;
import io.relance.analytics.flow.FlowGaps;
import io.relance.analytics.flow.FlowOutliers;
import io.relance.analytics.flow.FlowPaths;
import io.relance.analytics.flow.VersionComparison;
import io.relance.ledger.Creditors;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** How far the cases of a model come, by which ways, and what is unusual: for managers. */
@Controller
class FlowWaysPages {

  static final int WAYS_MAX = 10;
  static final int PAIRS_MAX = 20;
  static final int UNUSUAL_MAX = 20;
  static final int CASES_MAX = 200;

  private final FlowView flow;
  private final FlowFigures figures;
  private final CaseFunnel funnel;
  private final FlowPaths paths;
  private final FlowOutliers outliers;
  private final VersionComparison versions;
  private final FlowGaps gaps;
  private final Creditors creditors;
  private final FlowWaysWords words;
  private final PageWords say;

  FlowWaysPages(
      FlowView flow,
      FlowFigures figures,
      CaseFunnel funnel,
      FlowPaths paths,
      FlowOutliers outliers,
      VersionComparison versions,
      FlowGaps gaps,
      Creditors creditors,
      FlowWaysWords words,
      PageWords say) {
    this.flow = flow;
    this.figures = figures;
    this.funnel = funnel;
    this.paths = paths;
    this.outliers = outliers;
    this.versions = versions;
    this.gaps = gaps;
    this.creditors = creditors;
    this.words = words;
    this.say = say;
  }

  /** What both pages are asked for. */
  record Asked(
      @Nullable String version,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
      @Nullable String creditor,
      @Nullable String segment,
      @Nullable String band) {

    FlowView.Wanted wanted() {
      return new FlowView.Wanted(
          FlowPages.versionOf(version), from, to, creditor, segment, band, null);
    }
  }

  @GetMapping("/flow/{model}/paths")
  String ways(
      @PathVariable String model,
      Asked asked,
      @RequestParam(required = false) @Nullable String a,
      @RequestParam(required = false) @Nullable String b,
      Model page) {
    FlowView.Wanted wanted = asked.wanted();
    FlowView.Shown shown = flow.choose(model, wanted);
    page.addAttribute("model", model);
    page.addAttribute("models", figures.models());
    page.addAttribute("flow", shown);
    page.addAttribute("wanted", wanted);
    page.addAttribute("creditors", creditors.findAll());
    page.addAttribute("segments", figures.choices("segment"));
    page.addAttribute("countedUpTo", figures.countedUpTo());
    page.addAttribute("gaps", gaps.all(FlowPages.GAPS_MAX));
    page.addAttribute("funnel", funnel.of(shown.filter()));
    page.addAttribute("ways", paths.most(shown.filter(), WAYS_MAX));
    page.addAttribute("loops", paths.loops(shown.filter()));
    page.addAttribute("between", paths.between(shown.filter(), PAIRS_MAX));
    page.addAttribute("pairsMax", PAIRS_MAX);
    page.addAttribute("unusual", outliers.of(shown.filter(), UNUSUAL_MAX));
    page.addAttribute("unusualMax", UNUSUAL_MAX);
    page.addAttribute("endedMin", FlowOutliers.ENDED_MIN);
    page.addAttribute("words", words);
    compare(model, shown, FlowPages.versionOf(a), FlowPages.versionOf(b), page);
    return "flow-ways";
  }

  /** The version that is shown and the one before it, if none are chosen. */
  private void compare(
      String model,
      FlowView.Shown shown,
      @Nullable Integer wantedA,
      @Nullable Integer wantedB,
      Model page) {
    List<FlowFigures.Version> known = shown.versions();
    if (known.size() < 2) {
      return;
    }
    FlowFigures.Version first = wantedA == null ? known.getFirst() : flow.version(model, wantedA);
    FlowFigures.Version second =
        wantedB == null
            ? known.stream().filter(v -> v.version() != first.version()).findFirst().orElseThrow()
            : flow.version(model, wantedB);
    page.addAttribute("a", first);
    page.addAttribute("b", second);
    page.addAttribute(
        "compared",
        versions.of(shown.filter(), first.processKey(), second.processKey(), flow.today()));
  }

  @GetMapping("/flow/{model}/paths/cases")
  String cases(
      @PathVariable String model,
      Asked asked,
      @RequestParam(required = false) @Nullable Integer way,
      @RequestParam(required = false) @Nullable String element,
      @RequestParam(required = false) @Nullable String stage,
      Model page) {
    FlowView.Shown shown = flow.choose(model, asked.wanted());
    long key = shown.shown().processKey();
    if (way != null) {
      page.addAttribute("way", words.way(paths.way(key, way)));
      page.addAttribute("cases", paths.went(shown.filter(), way, CASES_MAX));
    } else if (element != null) {
      page.addAttribute("step", say.element(element, figures.nameOf(key, element)));
      page.addAttribute("cases", paths.repeated(shown.filter(), element, CASES_MAX));
    } else if (stage != null) {
      CaseFunnel.Stage reached = CaseFunnel.Stage.of(stage);
      page.addAttribute("stage", reached.word());
      page.addAttribute("cases", funnel.cases(shown.filter(), reached, CASES_MAX));
    } else {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    page.addAttribute("model", model);
    page.addAttribute("flow", shown);
    page.addAttribute("max", CASES_MAX);
    page.addAttribute("wanted", asked.wanted());
    return "flow-ways-cases";
  }
}
