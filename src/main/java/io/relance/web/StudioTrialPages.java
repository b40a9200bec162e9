package io.relance.web;

import io.relance.designer.DecisionTrials;
import io.relance.engine.DecisionFailed;
import io.relance.engine.ModelFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Where designers see what a decision would change, before it does. */
@Controller
class StudioTrialPages {

  private final StudioResource studio;
  private final DecisionTrials trials;

  StudioTrialPages(StudioResource studio, DecisionTrials trials) {
    this.studio = studio;
    this.trials = trials;
  }

  @GetMapping("/studio/try/{name}")
  String trial(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String decision,
      Model page) {
    page.addAttribute("name", name);
    try {
      ModelFile file = studio.required(name, "newest");
      if (!file.kind().equals("dmn")) {
        throw new Problems.NotFound(name + " has no decision that could be tried");
      }
      Map<String, String> decisions = trials.decisionsIn(file);
      String chosen =
          decision != null && decisions.containsKey(decision)
              ? decision
              : decisions.keySet().iterator().next();
      page.addAttribute("decisions", decisions);
      page.addAttribute("decision", chosen);
      page.addAttribute("trial", trials.run(file, chosen));
    } catch (DecisionFailed failed) {
      page.addAttribute("problem", failed.getMessage());
    }
    return "studio-try";
  }
}
