package io.relance.web;

import io.relance.casework.Timeline;
import io.relance.worklist.FormNotValid;
import io.relance.worklist.TaskActions;
import io.relance.worklist.TaskFilter;
import io.relance.worklist.TaskForms;
import io.relance.worklist.TaskGone;
import io.relance.worklist.TaskItem;
import io.relance.worklist.TaskList;
import io.relance.worklist.TaskNotYours;
import io.relance.worklist.TaskQuery;
import io.relance.worklist.TaskRights;
import io.relance.worklist.TaskTaken;
import io.relance.worklist.TaskUnsure;
import io.relance.worklist.VisitInvitations;
import io.relance.worklist.WhoIsAway;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** A task with its form. */
@Controller
class TaskPages {

  /** Among so many there is one that a user may do, if there is one at all. */
  private static final int NEXT_OF = 20;

  private final TaskList tasks;
  private final TaskActions actions;
  private final TaskForms forms;
  private final TaskRights rights;
  private final PayerView payers;
  private final Timeline timeline;
  private final JsonMapper json;
  private final PageWords say;

  TaskPages(
      TaskList tasks,
      TaskActions actions,
      TaskForms forms,
      TaskRights rights,
      PayerView payers,
      Timeline timeline,
      JsonMapper json,
      PageWords say) {
    this.tasks = tasks;
    this.actions = actions;
    this.forms = forms;
    this.rights = rights;
    this.payers = payers;
    this.timeline = timeline;
    this.json = json;
    this.say = say;
  }

  @GetMapping("/")
  String home() {
    return "redirect:/tasks";
  }

  @GetMapping("/login")
  String login() {
    return "login";
  }

  static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  @GetMapping("/tasks/{key}")
  String one(@PathVariable long key, Locale locale, Principal principal, Model model) {
    TaskItem task =
        tasks.find(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    TaskForms.Form form = forms.of(key, locale).orElse(null);
    model.addAttribute("task", task);
    model.addAttribute("mayDo", rights.mayDo(task, principal.getName()));
    model.addAttribute("mayRelease", rights.isManager(principal.getName()));
    model.addAttribute("form", form);
    if (form != null) {
      model.addAttribute("letter", form.data().get("letter"));
      model.addAttribute("visit", VisitInvitations.isVisit(task.type()));
      model.addAttribute("formJson", forScript(json.writeValueAsString(form)));
    }
    model.addAttribute("payer", null);
    if (task.customerId() != null) {
      payers.show(task.customerId(), model, timeline, locale);
    }
    return "task";
  }

  /** JSON that stands in a script element: no text of it can close that element. */
  static String forScript(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  @PostMapping("/tasks/{key}/claim")
  String claim(
      @PathVariable long key,
      @RequestParam(required = false) @Nullable String open,
      @RequestParam(defaultValue = "") String back,
      Principal principal,
      RedirectAttributes flash) {
    tell(() -> actions.claim(key, principal.getName()), flash);
    return "redirect:" + (open == null ? WorkListPages.listAt(back) : "/tasks/" + key);
  }

  @PostMapping("/tasks/{key}/release")
  String release(
      @PathVariable long key,
      @RequestParam(defaultValue = "") String back,
      Principal principal,
      RedirectAttributes flash) {
    tell(() -> actions.release(key, principal.getName()), flash);
    return "redirect:" + WorkListPages.listAt(back);
  }

  private static void tell(Runnable action, RedirectAttributes flash) {
    try {
      action.run();
    } catch (TaskTaken | TaskGone | TaskUnsure | TaskNotYours | WhoIsAway refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
  }

  /** Answers with the page to go to: the next task of this user's day, or the list. */
  @PostMapping("/tasks/{key}/complete")
  @ResponseBody
  Map<String, String> complete(
      @PathVariable long key,
      @RequestBody TaskResource.Completion completion,
      Principal principal) {
    Map<String, Object> variables = completion.variables();
    actions.complete(key, variables == null ? Map.of() : variables, principal.getName());
    return Map.of(
        "next",
        tasks
            .list(
                new TaskQuery(
                    "created", null, null, null, 0, NEXT_OF, TaskFilter.dayOf(principal.getName())),
                1)
            .items()
            .stream()
            .filter(task -> rights.mayDo(task, principal.getName()))
            .findFirst()
            .map(task -> "/tasks/" + task.key())
            .orElse("/tasks?done"));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(TaskTaken taken) {
    return problem(HttpStatus.CONFLICT, taken);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(TaskGone gone) {
    return problem(HttpStatus.CONFLICT, gone);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(TaskNotYours others) {
    return problem(HttpStatus.FORBIDDEN, others);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unsure(TaskUnsure unsure) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE, unsure);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(FormNotValid invalid) {
    return problem(HttpStatus.UNPROCESSABLE_CONTENT, say.fields(invalid.problems()));
  }

  private ResponseEntity<ProblemDetail> problem(HttpStatus status, RuntimeException failure) {
    return problem(status, say.phrase(failure.getMessage()));
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String words) {
    return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, words));
  }
}
