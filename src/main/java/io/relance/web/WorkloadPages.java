package io.relance.web;

import io.relance.access.Users;
import io.relance.worklist.Reassignment;
import io.relance.worklist.TaskList;
import io.relance.worklist.TaskQuery;
import io.relance.worklist.Teams;
import io.relance.worklist.Workload;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Who has how much, and one agent's tasks with what a supervisor does with them. */
@Controller
class WorkloadPages {

  private static final int SHOWN = 200;
  private static final String COLLEAGUE = "colleague:";
  private static final String TEAM = "team:";

  private final Workload workload;
  private final Reassignment reassignment;
  private final TaskList tasks;
  private final Teams teams;
  private final Users users;

  WorkloadPages(
      Workload workload, Reassignment reassignment, TaskList tasks, Teams teams, Users users) {
    this.workload = workload;
    this.reassignment = reassignment;
    this.tasks = tasks;
    this.teams = teams;
    this.users = users;
  }

  @GetMapping("/workload")
  String all(Model model) {
    model.addAttribute("load", workload.now());
    return "workload";
  }

  @GetMapping("/workload/{login}")
  String one(@PathVariable String login, Model model) {
    Workload.Agent agent =
        workload.now().agents().stream()
            .filter(a -> a.login().equals(login))
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("agent", agent);
    model.addAttribute(
        "tasks", tasks.list(new TaskQuery("created", login, null, null, 0, SHOWN), SHOWN).items());
    model.addAttribute(
        "colleagues", users.whoDoTasks().stream().filter(c -> !c.equals(login)).toList());
    model.addAttribute("teams", teams.all());
    return "workload-agent";
  }

  /**
   * @param to {@code queue}, {@code colleague:} and a log-in, or {@code team:} and its name
   */
  @PostMapping("/workload/{login}/move")
  String move(
      @PathVariable String login,
      @RequestParam(defaultValue = "") String which,
      @RequestParam(defaultValue = "") List<Long> keys,
      @RequestParam(required = false) @Nullable String count,
      @RequestParam(defaultValue = "") String to,
      Principal principal,
      RedirectAttributes flash) {
    ActionPages.tell(
        flash,
        () ->
            flash.addFlashAttribute(
                "report",
                reassignment.move(
                    login, request(which, keys, number(count), to), principal.getName())));
    return "redirect:"
        + UriComponentsBuilder.fromPath("/workload/{login}")
            .encode()
            .buildAndExpand(login)
            .toUriString();
  }

  private static Reassignment.Request request(
      String which, List<Long> keys, @Nullable Integer count, String to) {
    if (to.startsWith(COLLEAGUE)) {
      return new Reassignment.Request(
          which, keys, count, "colleague", to.substring(COLLEAGUE.length()), null);
    }
    if (to.startsWith(TEAM)) {
      return new Reassignment.Request(
          which, keys, count, "team", null, to.substring(TEAM.length()));
    }
    return new Reassignment.Request(which, keys, count, to, null, null);
  }

  private static @Nullable Integer number(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (!text.strip().matches("\\d{1,6}")) {
      throw new IllegalArgumentException("count is '" + text + "', which is no number such as 5");
    }
    return Integer.valueOf(text.strip());
  }
}
