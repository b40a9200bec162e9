package io.relance.web;

import io.relance.worklist.TaskActions;
import io.relance.worklist.TaskForms;
import io.relance.worklist.TaskItem;
import io.relance.worklist.TaskList;
import io.relance.worklist.TaskQuery;
import io.relance.worklist.VisitInvitations;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
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

  private final TaskList tasks;
  private final TaskActions actions;
  private final TaskForms forms;
  private final VisitInvitations visits;

  TaskResource(TaskList tasks, TaskActions actions, TaskForms forms, VisitInvitations visits) {
    this.tasks = tasks;
    this.actions = actions;
    this.forms = forms;
    this.visits = visits;
  }

  @GetMapping
  TaskList.Page list(
      @RequestParam(defaultValue = "created") String state,
      @RequestParam(required = false) @Nullable String assignee,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return tasks.list(new TaskQuery(state, assignee, type, customer, page, size));
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
