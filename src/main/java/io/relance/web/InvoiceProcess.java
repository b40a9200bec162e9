package io.relance.web;

import io.relance.casework.Cases;
import io.relance.casework.CollectionCase;
import io.relance.casework.NextSteps;
import io.relance.engine.DecisionTrail;
import io.relance.engine.ElementTrail;
import io.relance.ledger.Invoice;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.json.JsonMapper;

/** Where an invoice's process is on its diagram, and which decisions brought it there. */
@Component
class InvoiceProcess {

  private final Cases cases;
  private final ElementTrail trails;
  private final DecisionTrail decisions;
  private final NextSteps nextSteps;
  private final JsonMapper json;

  InvoiceProcess(
      Cases cases,
      ElementTrail trails,
      DecisionTrail decisions,
      NextSteps nextSteps,
      JsonMapper json) {
    this.nextSteps = nextSteps;
    this.cases = cases;
    this.trails = trails;
    this.decisions = decisions;
    this.json = json;
  }

  void show(Invoice invoice, Model model) {
    Optional<CollectionCase> latest = cases.latestOf(invoice.id());
    Optional<Long> instance = latest.map(CollectionCase::processInstanceKey);
    model.addAttribute("next", latest.flatMap(nextSteps::of).orElse(null));
    ElementTrail.Trail trail = instance.flatMap(trails::of).orElse(null);
    model.addAttribute("trail", trail);
    model.addAttribute("decisions", instance.map(decisions::of).orElse(List.of()));
    if (trail != null) {
      model.addAttribute("trailJson", TaskPages.forScript(json.writeValueAsString(trail)));
    }
  }
}
