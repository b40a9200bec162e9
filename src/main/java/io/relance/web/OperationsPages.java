package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.CollectionStarter;
import io.relance.casework.Coverage;
import io.relance.cash.BankImport;
import io.relance.engine.EngineGate;
import io.relance.engine.EngineOutbox;
import io.relance.engine.Incidents;
import io.relance.kernel.Actor;
import io.relance.ledger.ImportReport;
import io.relance.ledger.csv.FileRefused;
import io.relance.platform.ChildProcesses;
import io.relance.simulation.ClockRefused;
import io.relance.simulation.DemoClock;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Imports, coverage, incidents, the parts, and the demo's clock. */
@Controller
class OperationsPages {

  private final Coverage coverage;
  private final CollectionStarter starter;
  private final Incidents incidents;
  private final ChildProcesses children;
  private final EngineGate gate;
  private final EngineOutbox outbox;
  private final DemoClock clock;
  private final ImportResource imports;
  private final Audit audit;

  OperationsPages(
      Coverage coverage,
      CollectionStarter starter,
      Incidents incidents,
      ChildProcesses children,
      EngineGate gate,
      EngineOutbox outbox,
      DemoClock clock,
      ImportResource imports,
      Audit audit) {
    this.coverage = coverage;
    this.starter = starter;
    this.incidents = incidents;
    this.children = children;
    this.gate = gate;
    this.outbox = outbox;
    this.clock = clock;
    this.imports = imports;
    this.audit = audit;
  }

  @GetMapping("/operations")
  String operations(Model model) {
    model.addAttribute("coverage", coverage.figures());
    model.addAttribute("orphans", coverage.orphans(50));
    model.addAttribute("incidents", incidents.open(50));
    model.addAttribute("children", children.all());
    model.addAttribute("engineReady", gate.isReady());
    model.addAttribute("waiting", outbox.waiting());
    return "operations";
  }

  @PostMapping("/operations/start")
  String start(Principal principal, RedirectAttributes flash) {
    audit.record(Actor.user(principal.getName()), "start-collections", "overdue invoices", null);
    flash.addFlashAttribute("said", starter.startOverdue() + " collections started.");
    return "redirect:/operations";
  }

  @PostMapping("/operations/mend")
  String mend(Principal principal, RedirectAttributes flash) {
    audit.record(Actor.user(principal.getName()), "mend-collections", "orphans", null);
    int mended = coverage.mend();
    flash.addFlashAttribute(
        "said",
        mended
            + " cases closed, "
            + starter.startOverdue()
            + " started, "
            + starter.announceUnclaimed()
            + " announced again.");
    return "redirect:/operations";
  }

  @PostMapping("/operations/incidents/{key}/retry")
  String retry(@PathVariable long key, Principal principal, RedirectAttributes flash) {
    audit.record(Actor.user(principal.getName()), "retry-incident", "incident " + key, null);
    flash.addFlashAttribute(
        "said",
        "Trying again: " + incidents.retry(key).name().toLowerCase(java.util.Locale.ROOT) + ".");
    return "redirect:/operations";
  }

  @PostMapping("/operations/clock")
  String advance(@RequestParam String advance, Principal principal, RedirectAttributes flash) {
    try {
      DemoClock.Reading reading = clock.advance(advance, false);
      audit.record(Actor.user(principal.getName()), "move-clock", "clock", advance);
      flash.addFlashAttribute(
          "said",
          reading.quiet()
              ? "Time has passed, and the work of these days is done."
              : "Time has passed; some work is still under way.");
    } catch (ClockRefused refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:/operations";
  }

  @GetMapping("/imports")
  String imports() {
    return "imports";
  }

  @PostMapping("/imports/ledger")
  String ledger(
      @RequestParam MultipartFile file,
      @RequestParam(required = false) @Nullable String mapping,
      @RequestParam(required = false) @Nullable String asOf,
      @RequestParam(defaultValue = "false") boolean replay,
      Principal principal,
      Model model) {
    try {
      ImportReport.View report = imports.ledger(file, mapping, asOf, replay, "default", principal);
      model.addAttribute("ledgerReport", report);
      model.addAttribute("errors", report.errors());
    } catch (FileRefused refused) {
      model.addAttribute("refused", refused.getMessage());
    }
    return "imports";
  }

  @PostMapping("/imports/bank")
  String bank(@RequestParam MultipartFile file, Principal principal, Model model) {
    try {
      BankImport.Report report = imports.bank(file, null, "default", principal);
      model.addAttribute("bankReport", report);
      model.addAttribute("errors", report.errors());
    } catch (FileRefused refused) {
      model.addAttribute("refused", refused.getMessage());
    }
    return "imports";
  }
}
