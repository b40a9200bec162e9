package io.relance.web;

import io.relance.designer.running.CaseJob;
import io.relance.designer.running.CaseJobs;
import io.relance.designer.running.IncidentGroups;
import io.relance.designer.running.MappingRow;
import io.relance.designer.running.Migrations;
import io.relance.designer.running.RunningConflict;
import io.relance.designer.running.RunningModels;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** For designers: which cases run on which version, and the plan of moving them. */
@Controller
@RequestMapping("/studio/running")
class RunningPages {

  private static final int JOBS_SHOWN = 20;

  /** A process whose cases run on several versions comes first. */
  record OfProcess(String id, String name, long cases, List<RunningModels.Version> versions) {

    long versionsWithCases() {
      return versions.stream().filter(v -> v.cases() > 0).count();
    }
  }

  record Job(CaseJob job, CaseJob.Counts counts) {}

  private record Spot(String element, String text) {}

  private final RunningModels models;
  private final Migrations migrations;
  private final CaseJobs jobs;
  private final IncidentGroups incidents;
  private final io.relance.engine.ProcessModels names;
  private final JsonMapper json;

  RunningPages(
      RunningModels models,
      Migrations migrations,
      CaseJobs jobs,
      IncidentGroups incidents,
      io.relance.engine.ProcessModels names,
      JsonMapper json) {
    this.models = models;
    this.migrations = migrations;
    this.jobs = jobs;
    this.incidents = incidents;
    this.names = names;
    this.json = json;
  }

  @GetMapping
  String overview(Model page) {
    Map<String, List<RunningModels.Version>> byProcess = new LinkedHashMap<>();
    models
        .all()
        .forEach(v -> byProcess.computeIfAbsent(v.processId(), id -> new ArrayList<>()).add(v));
    List<OfProcess> processes =
        byProcess.entrySet().stream()
            .map(
                e ->
                    new OfProcess(
                        e.getKey(),
                        names.nameOf(e.getValue().getFirst().key(), e.getKey()),
                        e.getValue().stream().mapToLong(RunningModels.Version::cases).sum(),
                        e.getValue()))
            .sorted(java.util.Comparator.comparingLong(OfProcess::versionsWithCases).reversed())
            .toList();
    page.addAttribute("processes", processes);
    page.addAttribute(
        "jobs",
        jobs.latest(JOBS_SHOWN).stream().map(j -> new Job(j, jobs.counts(j.id()))).toList());
    page.addAttribute(
        "incidents", incidents.groups().stream().mapToLong(IncidentGroups.Group::incidents).sum());
    return "running";
  }

  @GetMapping("/{process}/plan")
  String plan(
      @PathVariable String process, @RequestParam int from, @RequestParam int to, Model page) {
    return show(process, from, to, null, page);
  }

  /** What was chosen stays chosen, and is looked at. */
  @PostMapping("/{process}/plan")
  String look(
      @PathVariable String process,
      @RequestParam int from,
      @RequestParam int to,
      @RequestParam MultiValueMap<String, String> form,
      Model page) {
    return show(process, from, to, mapping(form), page);
  }

  @PostMapping("/{process}/migrations")
  String begin(
      @PathVariable String process,
      @RequestParam int from,
      @RequestParam int to,
      @RequestParam int rate,
      @RequestParam(defaultValue = "false") boolean trial,
      @RequestParam MultiValueMap<String, String> form,
      Principal principal,
      Model page) {
    Map<String, String> mapping = mapping(form);
    try {
      long id =
          migrations.begin(
              new Migrations.Wanted(process, from, to, mapping, trial, List.of(), null, rate),
              Actor.user(principal.getName()));
      return "redirect:/studio/running/jobs/" + id;
    } catch (IllegalArgumentException | RunningConflict refused) {
      page.addAttribute("problem", refused.getMessage());
      return show(process, from, to, mapping, page);
    }
  }

  /** Those that were left, by the mapping of a trial, or that were refused. */
  @PostMapping("/jobs/{id}/rest")
  String rest(
      @PathVariable long id,
      @RequestParam(defaultValue = "false") boolean refused,
      Principal principal,
      RedirectAttributes flash) {
    CaseJob job =
        jobs.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    try {
      long next =
          migrations.begin(
              new Migrations.Wanted(
                  job.processId(),
                  job.fromVersion(),
                  job.toVersion(),
                  job.mapping(),
                  false,
                  List.of(),
                  refused ? id : null,
                  job.rate()),
              Actor.user(principal.getName()));
      return "redirect:/studio/running/jobs/" + next;
    } catch (IllegalArgumentException | RunningConflict no) {
      flash.addFlashAttribute("problem", no.getMessage());
      return "redirect:/studio/running/jobs/" + id;
    }
  }

  private String show(
      String process, int from, int to, @Nullable Map<String, String> mapping, Model page) {
    page.addAttribute("process", process);
    page.addAttribute("versions", models.of(process));
    page.addAttribute("from", from);
    page.addAttribute("to", to);
    page.addAttribute("rateMax", Migrations.RATE_MAX);
    try {
      Migrations.Plan plan = migrations.plan(process, from, to, mapping);
      page.addAttribute("plan", plan);
      page.addAttribute("stuck", plan.rows().stream().filter(MappingRow::isStuck).toList());
      page.addAttribute("lost", plan.rows().stream().filter(MappingRow::isLost).toList());
      page.addAttribute(
          "spotsJson",
          TaskPages.forScript(
              json.writeValueAsString(
                  plan.rows().stream()
                      .filter(r -> r.cases() > 0)
                      .map(r -> new Spot(r.elementId(), String.valueOf(r.cases())))
                      .toList())));
    } catch (IllegalArgumentException refused) {
      page.addAttribute("problem", refused.getMessage());
    }
    return "running-plan";
  }

  /** The n-th source goes to the n-th target, unless that is empty. */
  private static Map<String, String> mapping(MultiValueMap<String, String> form) {
    List<String> sources = form.getOrDefault("source", List.of());
    List<String> targets = form.getOrDefault("target", List.of());
    Map<String, String> mapping = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(sources.size(), targets.size()); i++) {
      if (!targets.get(i).isBlank()) {
        mapping.put(sources.get(i), targets.get(i));
      }
    }
    return mapping;
  }
}
