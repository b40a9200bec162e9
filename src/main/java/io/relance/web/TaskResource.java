package io.relance.web;

import io.relance.worklist.BulkTasks;
import io.relance.worklist.TaskActions;
import io.relance.worklist.TaskCounts;
import io.relance.worklist.TaskFilter;
import io.relance.worklist.TaskForms;
import io.relance.worklist.TaskItem;
import io.relance.worklist.TaskList;
import io.relance.worklist.TaskQuery;
import io.relance.worklist.TaskSleep;
import io.relance.worklist.VisitInvitations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The agents' tasks. */
@RestController
@RequestMapping("/api/v1/tasks")
class TaskResource {

  /** What the form gave. */
  record Completion(@Nullable Map<String, Object> variables) {}

  /** A day, as {@code yyyy-MM-dd}, and why the task can wait. */
  record Postponing(@Nullable LocalDate until, @Nullable String reason) {}

  /** To whom it is given. */
  record Assignment(@Nullable String login) {}

  /**
   * What narrows the list.
   *
   * @param day whether only the caller's day is listed: what they have, and what nobody has in
   *     their queues
   */
  record Narrowed(
      @Nullable Boolean day,
      @Nullable String queue,
      @Nullable String band,
      @Nullable BigDecimal minAmount,
      @Nullable Boolean callableNow,
      @Nullable Boolean bestNow,
      @Nullable String postponed,
      @Nullable String text) {

    TaskFilter filter(String login) {
      return new TaskFilter(
          Boolean.TRUE.equals(day) ? login : null,
          TaskPages.blankToNull(queue),
          TaskPages.blankToNull(band),
          minAmount,
          Boolean.TRUE.equals(callableNow),
          Boolean.TRUE.equals(bestNow),
          TaskFilter.Postponed.of(postponed == null ? "no" : postponed),
          TaskPages.blankToNull(text));
    }
  }

  private final TaskList tasks;
  private final TaskActions actions;
  private final TaskForms forms;
  private final VisitInvitations visits;
  private final TaskCounts counts;
  private final TaskSleep sleep;
  private final BulkTasks bulk;

  TaskResource(
      TaskList tasks,
      TaskActions actions,
      TaskForms forms,
      VisitInvitations visits,
      TaskCounts counts,
      TaskSleep sleep,
      BulkTasks bulk) {
    this.tasks = tasks;
    this.actions = actions;
    this.forms = forms;
    this.visits = visits;
    this.counts = counts;
    this.sleep = sleep;
    this.bulk = bulk;
  }

  @GetMapping
  TaskList.Page list(
      @RequestParam(defaultValue = "created") String state,
      @RequestParam(required = false) @Nullable String assignee,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size,
      Narrowed narrowed,
      Principal principal) {
    return tasks.list(
        new TaskQuery(
            state, assignee, type, customer, page, size, narrowed.filter(principal.getName())));
  }

  /** What waits in each queue and of each kind. */
  @GetMapping("/counts")
  TaskCounts.Counts counts() {
    return counts.now();
  }

  /** Does the same with many; what was not possible is told, task by task. */
  @PostMapping("/bulk")
  BulkTasks.Report bulk(@RequestBody BulkTasks.Request request, Principal principal) {
    return bulk.doAll(request, principal.getName());
  }

  /** Takes the task out of the list until a day. */
  @PostMapping("/{key}/postpone")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void postpone(@PathVariable long key, @RequestBody Postponing wanted, Principal principal) {
    sleep.check(wanted.until(), wanted.reason());
    sleep.postpone(
        key,
        Objects.requireNonNull(wanted.until()),
        Objects.requireNonNull(wanted.reason()),
        principal.getName());
  }

  /** Brings a postponed task back now. */
  @PostMapping("/{key}/wake")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void wake(@PathVariable long key, Principal principal) {
    sleep.wake(key, principal.getName());
  }

  /** A manager gives the task to somebody, whoever has it. */
  @PostMapping("/{key}/assign")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void assign(@PathVariable long key, @RequestBody Assignment wanted, Principal principal) {
    if (wanted.login() == null) {
      throw new IllegalArgumentException("login is missing: to whom the task is given");
    }
    actions.assign(key, wanted.login(), principal.getName());
  }

  @GetMapping("/{key}")
  TaskItem one(@PathVariable long key) {
    return tasks.find(key).orElseThrow(() -> new Problems.NotFound("There is no task " + key));
  }

  @GetMapping("/{key}/form")
  TaskForms.Form form(@PathVariable long key, Locale locale) {
    return forms
        .of(key, locale)
        .orElseThrow(() -> new Problems.NotFound("Task " + key + " has no form"));
  }

  /** The calendar entry of a visit. */
  @GetMapping("/{key}/visit.ics")
  ResponseEntity<String> visit(@PathVariable long key) {
    String entry =
        visits.of(key).orElseThrow(() -> new Problems.NotFound("Task " + key + " is no visit"));
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"visit-" + key + ".ics\"")
        .body(entry);
  }

  @PostMapping("/{key}/claim")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void claim(@PathVariable long key, Principal principal) {
    actions.claim(key, principal.getName());
  }

  @PostMapping("/{key}/release")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable long key, Principal principal) {
    actions.release(key, principal.getName());
  }

  @PostMapping("/{key}/complete")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void complete(
      @PathVariable long key,
      @RequestBody(required = false) @Nullable Completion completion,
      Principal principal) {
    Map<String, Object> variables =
        completion == null || completion.variables() == null ? Map.of() : completion.variables();
    actions.complete(key, variables, principal.getName());
  }
}
