package io.relance.web;

import io.relance.access.Users;
import io.relance.engine.Incidents;
import io.relance.kernel.Digests;
import io.relance.worklist.BulkTasks;
import io.relance.worklist.OnlyManagers;
import io.relance.worklist.SavedViews;
import io.relance.worklist.TaskCounts;
import io.relance.worklist.TaskList;
import io.relance.worklist.TaskQuery;
import io.relance.worklist.TaskRights;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** The agent's work list: filtered, kept under names, followed live, and acted on at once. */
@Controller
class WorkListPages {

  private static final int INCIDENTS_SHOWN = 5;

  private final TaskList tasks;
  private final TaskCounts counts;
  private final SavedViews views;
  private final BulkTasks bulk;
  private final TaskRights rights;
  private final Users users;
  private final Incidents incidents;
  private final ActsView acts;
  private final JsonMapper json;
  private final PageWords say;

  WorkListPages(
      TaskList tasks,
      TaskCounts counts,
      SavedViews views,
      BulkTasks bulk,
      TaskRights rights,
      Users users,
      Incidents incidents,
      ActsView acts,
      JsonMapper json,
      PageWords say) {
    this.tasks = tasks;
    this.counts = counts;
    this.views = views;
    this.bulk = bulk;
    this.rights = rights;
    this.users = users;
    this.incidents = incidents;
    this.acts = acts;
    this.json = json;
    this.say = say;
  }

  @GetMapping("/tasks")
  String list(
      ListParams params,
      @RequestParam(required = false) @Nullable String done,
      Principal principal,
      Model model) {
    String login = principal.getName();
    show(params, login, model);
    model.addAttribute("done", done != null);
    model.addAttribute("counts", counts.now());
    model.addAttribute("held", counts.heldBy(login));
    model.addAttribute("views", views.of(login));
    model.addAttribute(
        "colleagues", rights.isManager(login) ? users.whoDoTasks() : List.<String>of());
    acts.asked(login, model);
    model.addAttribute("incidents", incidents.open(INCIDENTS_SHOWN));
    model.addAttribute("incidentCount", incidents.openCount());
    return "tasks";
  }

  /** The rows alone, for a list that is shown already. */
  @GetMapping("/tasks/rows")
  String rows(ListParams params, Principal principal, Model model) {
    show(params, principal.getName(), model);
    return "tasks :: rows";
  }

  private void show(ListParams given, String login, Model model) {
    ListParams params = given;
    TaskList.Page found;
    try {
      found = tasks.list(params.query(login), TaskCounts.COUNTED_MAX);
    } catch (IllegalArgumentException cannotBeMeant) {
      model.addAttribute("problem", cannotBeMeant.getMessage());
      params = ListParams.DAY;
      found = tasks.list(params.query(login), TaskCounts.COUNTED_MAX);
    }
    model.addAttribute("tasks", found.items());
    model.addAttribute("total", inWords(params, found.total()));
    model.addAttribute("p", params);
    model.addAttribute("query", params.queryString());
    model.addAttribute("page", params.pageNumber());
    model.addAttribute("more", found.more());
    model.addAttribute("base", "/tasks?" + params.queryString() + "&");
  }

  /** Without any filter the number is exact, however large it is. */
  private static String inWords(ListParams params, long total) {
    return total == TaskCounts.COUNTED_MAX && !params.queryString().equals("who=all")
        ? total + "+"
        : String.valueOf(total);
  }

  /** What became of a task; its key is a text, as scripts cannot count so far. */
  record LiveRow(String key, String state, @Nullable String holder) {}

  /** What became of the tasks that a page shows, and how many others belong there now. */
  record Live(List<LiveRow> rows, long news) {}

  /**
   * Asked every few seconds: nothing is sent while nothing changes.
   *
   * @param keys of the tasks that the page shows
   */
  @GetMapping("/tasks/live")
  ResponseEntity<String> live(
      ListParams params, @RequestParam(defaultValue = "") List<Long> keys, Principal principal) {
    List<Long> shown = keys.subList(0, Math.min(keys.size(), ListParams.SIZE));
    Set<Long> known = new HashSet<>(shown);
    long news =
        tasks.keys(query(params, principal.getName())).stream()
            .filter(key -> !known.contains(key))
            .count();
    List<LiveRow> rows =
        tasks.held(shown).stream()
            .map(held -> new LiveRow(String.valueOf(held.key()), held.state(), held.holder()))
            .toList();
    String body = json.writeValueAsString(new Live(rows, news));
    return ResponseEntity.ok()
        .eTag("\"" + Digests.sha256(body) + "\"")
        .cacheControl(CacheControl.noCache().cachePrivate())
        .contentType(MediaType.APPLICATION_JSON)
        .body(body);
  }

  private static TaskQuery query(ListParams params, String login) {
    try {
      return params.query(login);
    } catch (IllegalArgumentException cannotBeMeant) {
      return ListParams.DAY.query(login);
    }
  }

  /** The marked tasks, from the page's form. */
  @PostMapping(value = "/tasks/bulk", produces = MediaType.TEXT_HTML_VALUE)
  String bulk(
      @RequestParam(defaultValue = "") List<Long> keys,
      @RequestParam String act,
      @RequestParam(required = false) @Nullable String login,
      @RequestParam(required = false) @Nullable String until,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String tone,
      @RequestParam(required = false) @Nullable String channel,
      @RequestParam(defaultValue = "") String back,
      Principal principal,
      RedirectAttributes flash) {
    try {
      flash.addFlashAttribute(
          "report",
          bulk.doAll(
              new BulkTasks.Request(
                  keys, act, login, ActionPages.day("until", until), reason, tone, channel),
              principal.getName()));
    } catch (IllegalArgumentException | OnlyManagers cannotBeMeant) {
      flash.addFlashAttribute("problem", cannotBeMeant.getMessage());
    }
    return "redirect:" + listAt(back);
  }

  /** The same, for a page that stays. */
  @PostMapping(value = "/tasks/bulk", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  Map<String, Object> bulkLive(
      @RequestParam(defaultValue = "") List<Long> keys,
      @RequestParam String act,
      @RequestParam(required = false) @Nullable String login,
      @RequestParam(required = false) @Nullable String until,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String tone,
      @RequestParam(required = false) @Nullable String channel,
      Principal principal) {
    try {
      BulkTasks.Report report =
          bulk.doAll(
              new BulkTasks.Request(
                  keys, act, login, ActionPages.day("until", until), reason, tone, channel),
              principal.getName());
      return Map.of(
          "words",
          say.phrase(report.words()),
          "problems",
          report.problems().stream()
              .map(p -> Map.of("task", say.part(p.task()), "reason", say.phrase(p.reason())))
              .toList());
    } catch (IllegalArgumentException | OnlyManagers cannotBeMeant) {
      return Map.of("words", say.phrase(cannotBeMeant.getMessage()), "problems", List.of());
    }
  }

  @PostMapping("/tasks/views")
  String keepView(
      ListParams params,
      @RequestParam(defaultValue = "") String name,
      Principal principal,
      RedirectAttributes flash) {
    ActionPages.tell(flash, () -> views.keep(principal.getName(), name, params.queryString()));
    return "redirect:" + listAt(params.queryString());
  }

  @PostMapping("/tasks/views/remove")
  String removeView(@RequestParam String name, Principal principal) {
    views.remove(principal.getName(), name);
    return "redirect:/tasks";
  }

  /** The list with that query, which may come from anywhere: no other place is reached by it. */
  static String listAt(String query) {
    return query.isEmpty() || !query.matches("[A-Za-z0-9%&=+._~*'()!-]{1,800}")
        ? "/tasks"
        : "/tasks?" + query;
  }
}
