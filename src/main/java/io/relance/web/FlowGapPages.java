package io.relance.web;

import io.relance.analytics.flow.FlowGaps;
import io.relance.analytics.flow.FlowRebuild;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What can be done, on the pages of the processes, about events of the engine that are missing. */
@Controller
class FlowGapPages {

  private final FlowGaps gaps;
  private final FlowRebuild rebuild;

  FlowGapPages(FlowGaps gaps, FlowRebuild rebuild) {
    this.gaps = gaps;
    this.rebuild = rebuild;
  }

  /** That one is not there any more is no trouble: what it warned of has been mended. */
  @PostMapping("/flow/{model}/gaps/seen")
  String seen(
      @PathVariable String model,
      @RequestParam int partition,
      @RequestParam long after,
      Principal principal) {
    gaps.see(partition, after, principal.getName());
    return "redirect:/flow/{model}";
  }

  @PostMapping("/flow/{model}/count-anew")
  String countAnew(@PathVariable String model, Principal principal) {
    rebuild.begin(principal.getName());
    return "redirect:/flow/{model}";
  }
}
