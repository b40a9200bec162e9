package io.relance.web;

import io.relance.access.Users;
import io.relance.kernel.Actor;
import io.relance.worklist.TaskCounts;
import io.relance.worklist.Teams;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Teams, as managers set them up. */
@Controller
class TeamPages {

  private static final String MEMBER = "member.";

  private final Teams teams;
  private final Users users;
  private final TaskCounts counts;

  TeamPages(Teams teams, Users users, TaskCounts counts) {
    this.teams = teams;
    this.users = users;
    this.counts = counts;
  }

  @GetMapping("/teams")
  String all(Model model) {
    model.addAttribute("teams", teams.all());
    model.addAttribute("colleagues", users.whoDoTasks());
    model.addAttribute("queues", counts.now().queues());
    return "teams";
  }

  /**
   * @param fields a field {@code member.<log-in>} for each user: {@code any}, {@code senior}, or
   *     nothing
   */
  @PostMapping("/teams")
  String keep(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String queues,
      @RequestParam Map<String, String> fields,
      Principal principal,
      RedirectAttributes flash) {
    List<Teams.Member> members =
        fields.entrySet().stream()
            .filter(f -> f.getKey().startsWith(MEMBER) && !f.getValue().isBlank())
            .map(
                f ->
                    new Teams.Member(
                        f.getKey().substring(MEMBER.length()), f.getValue().equals("senior")))
            .toList();
    List<String> named =
        Arrays.stream(queues.split("[,\\s]+")).filter(queue -> !queue.isBlank()).toList();
    ActionPages.tell(
        flash,
        () -> teams.keep(new Teams.Team(name, named, members), Actor.user(principal.getName())));
    return "redirect:/teams";
  }

  @PostMapping("/teams/remove")
  String remove(@RequestParam String name, Principal principal) {
    teams.remove(name, Actor.user(principal.getName()));
    return "redirect:/teams";
  }
}
