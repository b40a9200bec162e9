package io.relance.web;

import io.relance.access.Audit;
import io.relance.designer.running.CaseJob;
import io.relance.designer.running.CaseJobControl;
import io.relance.designer.running.CaseJobs;
import io.relance.designer.running.Migrations;
import io.relance.designer.running.Retiming;
import io.relance.designer.running.RunningConflict;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How far it is, what the engine said of each case, and which timers are the old ones. */
@Controller
@RequestMapping("/studio/running/jobs")
class RunningJobPages {

  private static final int CASES_SHOWN = 200;

  private final CaseJobs jobs;
  private final CaseJobControl control;
  private final Retiming retiming;
  private final RunningFiles files;
  private final Audit audit;

  RunningJobPages(
      CaseJobs jobs, CaseJobControl control, Retiming retiming, RunningFiles files, Audit audit) {
    this.jobs = jobs;
    this.control = control;
    this.retiming = retiming;
    this.files = files;
    this.audit = audit;
  }

  @GetMapping("/{id}")
  String report(
      @PathVariable long id, @RequestParam(required = false) @Nullable String state, Model page) {
    CaseJob job = job(id);
    page.addAttribute("job", job);
    page.addAttribute("counts", jobs.counts(id));
    page.addAttribute("reasons", jobs.reasons(id));
    page.addAttribute("state", state);
    page.addAttribute("cases", jobs.cases(id, blank(state) ? null : state, CASES_SHOWN));
    page.addAttribute("shown", CASES_SHOWN);
    page.addAttribute("history", audit.of("case job " + id));
    page.addAttribute("rateMax", Migrations.RATE_MAX);
    page.addAttribute(
        "kept", job.isOver() && job.kind().equals("migrate") ? retiming.kept(job) : List.of());
    return "running-job";
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  @GetMapping("/{id}/cases.csv")
  ResponseEntity<byte[]> file(@PathVariable long id) {
    return files.csv(job(id));
  }

  @PostMapping("/{id}/{act:pause|resume|stop}")
  String act(
      @PathVariable long id,
      @PathVariable String act,
      Principal principal,
      RedirectAttributes flash) {
    Actor actor = Actor.user(principal.getName());
    try {
      switch (act) {
        case "pause" -> control.pause(id, actor);
        case "resume" -> control.resume(id, actor);
        default -> control.stop(id, actor);
      }
    } catch (RunningConflict over) {
      flash.addFlashAttribute("problem", over.getMessage());
    }
    return "redirect:/studio/running/jobs/" + id;
  }

  @PostMapping("/{id}/rate")
  String rate(
      @PathVariable long id,
      @RequestParam int rate,
      Principal principal,
      RedirectAttributes flash) {
    try {
      control.rate(id, rate, Actor.user(principal.getName()));
    } catch (IllegalArgumentException | RunningConflict refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:/studio/running/jobs/" + id;
  }

  @GetMapping("/{id}/timers")
  String timers(@PathVariable long id, Model page) {
    CaseJob job = job(id);
    page.addAttribute("job", job);
    page.addAttribute("kept", retiming.kept(job));
    page.addAttribute("timers", retiming.timers(job).stream().limit(CASES_SHOWN).toList());
    page.addAttribute("rateMax", Migrations.RATE_MAX);
    return "running-timers";
  }

  @PostMapping("/{id}/timers")
  String anew(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable List<String> element,
      @RequestParam int rate,
      Principal principal,
      RedirectAttributes flash) {
    try {
      long next =
          retiming.begin(
              job(id),
              new LinkedHashSet<>(element == null ? List.of() : element),
              rate,
              Actor.user(principal.getName()));
      return "redirect:/studio/running/jobs/" + next;
    } catch (IllegalArgumentException | RunningConflict refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
      return "redirect:/studio/running/jobs/" + id + "/timers";
    }
  }

  private CaseJob job(long id) {
    return jobs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
