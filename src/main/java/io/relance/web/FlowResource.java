package io.relance.web;

import io.relance.analytics.flow.FlowFigures;
import io.relance.analytics.flow.FlowGaps;
import io.relance.analytics.flow.FlowRebuild;
import io.relance.analytics.flow.StepFigures;
import io.relance.kernel.Money;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the models did. */
@RestController
@RequestMapping("/api/v1/processes")
class FlowResource {

  /** A model and its deployed versions, the newest first. */
  record Process(String id, List<FlowFigures.Version> versions) {}

  record Amount(String amount, String currency) {

    static Amount of(Money money) {
      return new Amount(money.plain(), money.currencyCode());
    }

    static List<Amount> of(List<Money> amounts) {
      return amounts.stream().map(Amount::of).toList();
    }
  }

  /**
   * An element's figures.
   *
   * @param active tokens there now
   * @param median as ISO 8601
   */
  record Element(
      String id,
      String name,
      long entered,
      long completed,
      long endedEarly,
      long active,
      @Nullable Duration median,
      @Nullable Duration p95,
      List<Amount> open,
      List<Amount> cashWithin7Days,
      List<Amount> cashWithin30Days) {

    static Element of(StepFigures step) {
      return new Element(
          step.elementId(),
          step.name(),
          step.entered(),
          step.completed(),
          step.endedEarly(),
          step.waiting(),
          step.median(),
          step.p95(),
          Amount.of(step.money()),
          Amount.of(step.cash7()),
          Amount.of(step.cash30()));
    }
  }

  record Flow(
      String id,
      int version,
      LocalDate from,
      LocalDate to,
      @Nullable Instant countedUpTo,
      List<Element> elements) {}

  private final FlowView flow;
  private final FlowFigures figures;
  private final FlowRebuild rebuild;
  private final FlowGaps gaps;

  FlowResource(FlowView flow, FlowFigures figures, FlowRebuild rebuild, FlowGaps gaps) {
    this.flow = flow;
    this.figures = figures;
    this.rebuild = rebuild;
    this.gaps = gaps;
  }

  @GetMapping
  List<Process> all() {
    return figures.models().stream().map(id -> new Process(id, figures.versions(id))).toList();
  }

  @GetMapping("/{id}/versions/{version}/flow")
  Flow flow(
      @PathVariable String id,
      @PathVariable int version,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable String creditor,
      @RequestParam(required = false) @Nullable String segment,
      @RequestParam(required = false) @Nullable String band,
      @RequestParam(required = false) @Nullable String agent) {
    FlowView.Shown shown =
        flow.choose(id, new FlowView.Wanted(version, from, to, creditor, segment, band, agent));
    return new Flow(
        id,
        version,
        shown.from(),
        shown.to(),
        figures.countedUpTo(),
        figures.of(shown.filter()).stream().map(Element::of).toList());
  }

  /**
   * What is counted anew.
   *
   * @param from the first day; the days before stay as they were counted once, because events of
   *     that time are not kept any more. Null if all days are counted anew
   */
  record Rebuilt(@Nullable LocalDate from, String text) {}

  /**
   * Counts all steps anew from the events that are kept; until it is done, figures are too small.
   */
  @PostMapping("/figures/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Rebuilt rebuild(Principal principal) {
    LocalDate from = rebuild.begin(principal.getName());
    return new Rebuilt(
        from,
        from == null
            ? "All days are counted anew from the events that are kept"
            : "Days from "
                + from
                + " on are counted anew; those before stay as they were counted, as their events are not kept any more");
  }

  /**
   * Whether the engine's events are whole.
   *
   * @param countableFrom the first day that can be counted anew; null if all can
   * @param gaps where events are missing, or came again; the newest first
   */
  record Stream(
      @Nullable Instant countedUpTo, @Nullable LocalDate countableFrom, List<FlowGaps.Gap> gaps) {}

  @GetMapping("/stream")
  Stream stream() {
    return new Stream(figures.countedUpTo(), rebuild.countableFrom(), gaps.all(100));
  }

  /** Whoever knows of missing events says so, and the pages do not warn of them any more. */
  @PostMapping("/stream/gaps/{partition}/{after}/seen")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void seen(@PathVariable int partition, @PathVariable long after, Principal principal) {
    if (!gaps.see(partition, after, principal.getName())) {
      throw new Problems.NotFound(
          "No events are missing after number " + after + " of partition " + partition);
    }
  }
}
