package io.relance.web;

import io.relance.access.Users;
import io.relance.analytics.weekly.WeeklyWishes;
import io.relance.ledger.Creditors;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a user settles for themselves: where they read their mail, and which mail they want. */
@Controller
class MePages {

  private final Users users;
  private final WeeklyWishes wishes;
  private final MeResource resource;
  private final Creditors creditors;

  MePages(Users users, WeeklyWishes wishes, MeResource resource, Creditors creditors) {
    this.users = users;
    this.wishes = wishes;
    this.resource = resource;
    this.creditors = creditors;
  }

  @GetMapping("/me")
  String me(Principal principal, Model model) {
    String login = principal.getName();
    model.addAttribute("email", users.emailOf(login).orElse(null));
    model.addAttribute("wish", wishes.of(login).orElse(null));
    model.addAttribute(
        "home", creditors.findAll().stream().findFirst().map(c -> c.zone()).orElse("Europe/Paris"));
    return "me";
  }

  @PostMapping("/me/email")
  String email(
      @RequestParam @Nullable String email, Principal principal, RedirectAttributes flash) {
    return told(flash, "me.kept", () -> resource.email(new MeResource.Email(email), principal));
  }

  @PostMapping("/me/weekly")
  String weekly(
      @RequestParam @Nullable String language,
      @RequestParam @Nullable Integer fromHour,
      @RequestParam @Nullable String zone,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "me.weekly.wished",
        () -> resource.wish(new MeResource.Wished(language, fromHour, zone), principal));
  }

  @PostMapping("/me/weekly/end")
  String end(Principal principal, RedirectAttributes flash) {
    return told(flash, "me.weekly.ended", () -> resource.end(principal));
  }

  private static String told(RedirectAttributes flash, String said, Runnable act) {
    try {
      act.run();
      flash.addFlashAttribute("said", said);
    } catch (IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:/me";
  }
}
