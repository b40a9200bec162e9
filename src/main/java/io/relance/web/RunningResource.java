package io.relance.web;

import io.relance.designer.running.CaseJob;
import io.relance.designer.running.CaseJobControl;
import io.relance.designer.running.CaseJobs;
import io.relance.designer.running.Migrations;
import io.relance.designer.running.Retiming;
import io.relance.designer.running.RunningModels;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Running cases: kept on their version, or moved to another one. */
@RestController
@RequestMapping("/api/v1/studio/running")
class RunningResource {

  private static final int RATE = 5;
  private static final int CASES_MAX = 1_000;

  /** A process and its versions, the newest first, with the cases that run on each. */
  record OfProcess(String process, List<RunningModels.Version> versions) {}

  /**
   * What is to be moved.
   *
   * @param mapping of elements by their ids; null for the proposed one
   * @param trial one case of each kind
   * @param cases keys of process instances; none for all of the version
   * @param rate cases a second
   */
  record Migration(
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable Map<String, String> mapping,
      @Nullable Boolean trial,
      @Nullable List<Long> cases,
      @Nullable Integer rate) {}

  record Begun(long id) {}

  record Report(CaseJob job, CaseJob.Counts cases, List<CaseJob.Reason> reasons) {}

  record Rate(@Nullable Integer rate) {}

  record Timers(List<Retiming.Kept> elements, List<Retiming.Timer> timers) {}

  record Anew(@Nullable List<String> elements, @Nullable Integer rate) {}

  private final RunningModels models;
  private final Migrations migrations;
  private final Retiming retiming;
  private final CaseJobs jobs;
  private final CaseJobControl control;
  private final RunningFiles files;

  RunningResource(
      RunningModels models,
      Migrations migrations,
      Retiming retiming,
      CaseJobs jobs,
      CaseJobControl control,
      RunningFiles files) {
    this.models = models;
    this.migrations = migrations;
    this.retiming = retiming;
    this.jobs = jobs;
    this.control = control;
    this.files = files;
  }

  @GetMapping
  List<OfProcess> all() {
    Map<String, List<RunningModels.Version>> byProcess = new LinkedHashMap<>();
    models
        .all()
        .forEach(
            v ->
                byProcess.computeIfAbsent(v.processId(), id -> new java.util.ArrayList<>()).add(v));
    return byProcess.entrySet().stream().map(e -> new OfProcess(e.getKey(), e.getValue())).toList();
  }

  /** What would become of the cases of a version; nothing is done. */
  @GetMapping("/{process}/plan")
  Migrations.Plan plan(@PathVariable String process, @RequestParam int from, @RequestParam int to) {
    return migrations.plan(process, from, to, null);
  }

  @PostMapping("/{process}/migrations")
  @ResponseStatus(HttpStatus.CREATED)
  Begun migrate(@PathVariable String process, @RequestBody Migration wanted, Principal principal) {
    if (wanted.from() == null || wanted.to() == null) {
      throw new IllegalArgumentException("from and to are missing: name two versions");
    }
    return new Begun(
        migrations.begin(
            new Migrations.Wanted(
                process,
                wanted.from(),
                wanted.to(),
                wanted.mapping(),
                Boolean.TRUE.equals(wanted.trial()),
                wanted.cases() == null ? List.of() : wanted.cases(),
                null,
                wanted.rate() == null ? RATE : wanted.rate()),
            Actor.user(principal.getName())));
  }

  @GetMapping("/jobs")
  List<CaseJob> jobs() {
    return jobs.latest(100);
  }

  @GetMapping("/jobs/{id}")
  Report report(@PathVariable long id) {
    return new Report(job(id), jobs.counts(id), jobs.reasons(id));
  }

  /** Its cases, a thousand at the most; the file has all. */
  @GetMapping("/jobs/{id}/cases")
  List<CaseJob.Told> cases(
      @PathVariable long id, @RequestParam(required = false) @Nullable String state) {
    job(id);
    return jobs.cases(id, state, CASES_MAX);
  }

  @GetMapping("/jobs/{id}/cases.csv")
  ResponseEntity<byte[]> file(@PathVariable long id) {
    return files.csv(job(id));
  }

  @PostMapping("/jobs/{id}/pause")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void pause(@PathVariable long id, Principal principal) {
    control.pause(job(id).id(), Actor.user(principal.getName()));
  }

  @PostMapping("/jobs/{id}/resume")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resume(@PathVariable long id, Principal principal) {
    control.resume(job(id).id(), Actor.user(principal.getName()));
  }

  @PostMapping("/jobs/{id}/stop")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void stop(@PathVariable long id, Principal principal) {
    control.stop(job(id).id(), Actor.user(principal.getName()));
  }

  @PutMapping("/jobs/{id}/rate")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void rate(@PathVariable long id, @RequestBody Rate rate, Principal principal) {
    control.rate(
        job(id).id(), rate.rate() == null ? 0 : rate.rate(), Actor.user(principal.getName()));
  }

  /** Timers that moved along and end when the old version said. */
  @GetMapping("/jobs/{id}/timers")
  Timers timers(@PathVariable long id) {
    CaseJob migration = job(id);
    return new Timers(
        retiming.kept(migration), retiming.timers(migration).stream().limit(CASES_MAX).toList());
  }

  @PostMapping("/jobs/{id}/timers")
  @ResponseStatus(HttpStatus.CREATED)
  Begun anew(@PathVariable long id, @RequestBody Anew wanted, Principal principal) {
    return new Begun(
        retiming.begin(
            job(id),
            new LinkedHashSet<>(wanted.elements() == null ? List.of() : wanted.elements()),
            wanted.rate() == null ? RATE : wanted.rate(),
            Actor.user(principal.getName())));
  }

  private CaseJob job(long id) {
    return jobs.find(id)
        .orElseThrow(() -> new Problems.NotFound("Nothing of number " + id + " was ever begun"));
  }
}
