package io.relance.web;

import io.relance.access.Users;
import io.relance.worklist.OnlyManagers;
import io.relance.worklist.TaskRights;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of {@link AbsenceResource}. */
@Controller
class AbsencePages {

  private final AbsenceResource absences;
  private final TaskRights rights;
  private final Users users;

  AbsencePages(AbsenceResource absences, TaskRights rights, Users users) {
    this.absences = absences;
    this.rights = rights;
    this.users = users;
  }

  @GetMapping("/absences")
  String all(Principal principal, Model model) {
    String login = principal.getName();
    List<String> colleagues = users.whoDoTasks();
    model.addAttribute("absences", absences.all(principal));
    model.addAttribute("mine", colleagues.contains(login));
    model.addAttribute("whose", rights.isManager(login) ? colleagues : List.of(login));
    model.addAttribute("colleagues", colleagues);
    return "absences";
  }

  @PostMapping("/absences")
  String say(
      @RequestParam(required = false) @Nullable String login,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String deputy,
      Principal principal,
      RedirectAttributes flash) {
    tell(
        flash,
        () ->
            absences.say(
                new AbsenceResource.Request(
                    login, ActionPages.day("from", from), ActionPages.day("to", to), deputy),
                principal));
    return "redirect:/absences";
  }

  @PostMapping("/absences/remove")
  String remove(@RequestParam long id, Principal principal, RedirectAttributes flash) {
    tell(flash, () -> absences.remove(id, principal));
    return "redirect:/absences";
  }

  private static void tell(RedirectAttributes flash, Runnable act) {
    try {
      ActionPages.tell(flash, act);
    } catch (OnlyManagers refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
  }
}
