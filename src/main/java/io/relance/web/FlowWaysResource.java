package io.relance.web;

import io.relance.analytics.flow.CaseFunnel;
import io.relance.analytics.flow.FlowOutliers;
import io.relance.analytics.flow.FlowPaths;
import io.relance.analytics.flow.Interval;
import io.relance.analytics.flow.VersionComparison;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far the cases of a model come, by which ways, and what is unusual. */
@RestController
@RequestMapping("/api/v1/processes/{id}")
class FlowWaysResource {

  /**
   * A stage of the funnel.
   *
   * @param share of the cases that began
   * @param median from their beginning, as ISO 8601
   */
  record Stage(
      String stage,
      long cases,
      @Nullable Double share,
      List<FlowResource.Amount> open,
      List<FlowResource.Amount> cash,
      @Nullable Duration median) {

    static Stage of(CaseFunnel.Reached reached) {
      return new Stage(
          reached.stage().word(),
          reached.cases(),
          reached.share(),
          FlowResource.Amount.of(reached.amounts()),
          FlowResource.Amount.of(reached.cash()),
          reached.median());
    }
  }

  record Funnel(String id, LocalDate from, LocalDate to, List<Stage> stages) {}

  /** One version's cases that began at least thirty days ago. */
  record Side(
      int version,
      long cases,
      long young,
      long moved,
      @Nullable LocalDate first,
      @Nullable LocalDate last,
      long paidCases,
      @Nullable Interval paid,
      List<FlowResource.Amount> open,
      List<FlowResource.Amount> cash,
      @Nullable Integer medianDays) {

    static Side of(int version, VersionComparison.Side side) {
      return new Side(
          version,
          side.cases(),
          side.young(),
          side.moved(),
          side.first(),
          side.last(),
          side.paidCases(),
          side.paid(),
          FlowResource.Amount.of(side.open()),
          FlowResource.Amount.of(side.cash()),
          side.medianDays());
    }
  }

  record Comparison(
      Side a,
      Side b,
      @Nullable Interval difference,
      @Nullable Interval withinBands,
      List<VersionComparison.Warning> warnings) {}

  private final FlowView flow;
  private final CaseFunnel funnel;
  private final FlowPaths paths;
  private final FlowOutliers outliers;
  private final VersionComparison versions;

  FlowWaysResource(
      FlowView flow,
      CaseFunnel funnel,
      FlowPaths paths,
      FlowOutliers outliers,
      VersionComparison versions) {
    this.flow = flow;
    this.funnel = funnel;
    this.paths = paths;
    this.outliers = outliers;
    this.versions = versions;
  }

  /** From overdue to paid; no stages if no case of this model began in the period. */
  @GetMapping("/funnel")
  Funnel funnel(@PathVariable String id, FlowWaysPages.Asked asked) {
    FlowView.Shown shown = flow.choose(id, asked.wanted());
    return new Funnel(
        id, shown.from(), shown.to(), funnel.of(shown.filter()).stream().map(Stage::of).toList());
  }

  /** The cases behind a stage, the newest first. */
  @GetMapping("/funnel/{stage}")
  List<FlowPaths.Instance> cases(
      @PathVariable String id, @PathVariable String stage, FlowWaysPages.Asked asked) {
    return funnel.cases(
        flow.choose(id, asked.wanted()).filter(),
        CaseFunnel.Stage.of(stage),
        FlowWaysPages.CASES_MAX);
  }

  @GetMapping("/paths")
  FlowPaths.Ways paths(@PathVariable String id, FlowWaysPages.Asked asked) {
    return paths.most(flow.choose(id, asked.wanted()).filter(), FlowWaysPages.WAYS_MAX);
  }

  @GetMapping("/loops")
  List<FlowPaths.Loop> loops(@PathVariable String id, FlowWaysPages.Asked asked) {
    return paths.loops(flow.choose(id, asked.wanted()).filter());
  }

  @GetMapping("/between")
  List<FlowPaths.Between> between(@PathVariable String id, FlowWaysPages.Asked asked) {
    return paths.between(flow.choose(id, asked.wanted()).filter(), FlowWaysPages.PAIRS_MAX);
  }

  @GetMapping("/outliers")
  FlowOutliers.Outliers outliers(@PathVariable String id, FlowWaysPages.Asked asked) {
    return outliers.of(flow.choose(id, asked.wanted()).filter(), FlowWaysPages.UNUSUAL_MAX);
  }

  /** Two versions side by side, by the cases of each that began in the period. */
  @GetMapping("/comparison")
  Comparison comparison(
      @PathVariable String id,
      @RequestParam int a,
      @RequestParam int b,
      FlowWaysPages.Asked asked) {
    FlowView.Shown shown = flow.choose(id, asked.wanted());
    VersionComparison.Comparison compared =
        versions.of(
            shown.filter(),
            flow.version(id, a).processKey(),
            flow.version(id, b).processKey(),
            flow.today());
    return new Comparison(
        Side.of(a, compared.a()),
        Side.of(b, compared.b()),
        compared.difference(),
        compared.withinBands(),
        compared.warnings());
  }
}
