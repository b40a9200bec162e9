package io.relance.web;

import io.relance.access.Audit;
import io.relance.access.Users;
import io.relance.analytics.weekly.WeeklyWishes;
import io.relance.kernel.Actor;
import io.relance.ledger.Creditors;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's own settings. */
@RestController
@RequestMapping("/api/v1/me")
class MeResource {

  record Email(@Nullable String email) {}

  /** The weekly mail: in which language, and from which hour of Monday on, by whose clock. */
  record Wished(@Nullable String language, @Nullable Integer fromHour, @Nullable String zone) {}

  record Me(String login, @Nullable String email, @Nullable Wished weeklyMail) {}

  private final Users users;
  private final WeeklyWishes wishes;
  private final Creditors creditors;
  private final Audit audit;

  MeResource(Users users, WeeklyWishes wishes, Creditors creditors, Audit audit) {
    this.users = users;
    this.wishes = wishes;
    this.creditors = creditors;
    this.audit = audit;
  }

  @GetMapping
  Me me(Principal principal) {
    String login = principal.getName();
    return new Me(
        login,
        users.emailOf(login).orElse(null),
        wishes
            .of(login)
            .map(w -> new Wished(w.language(), w.fromHour(), w.zone().getId()))
            .orElse(null));
  }

  @PutMapping("/email")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void email(@RequestBody Email request, Principal principal) {
    String email = request.email() == null ? "" : request.email().strip();
    if (email.isEmpty()) {
      throw new IllegalArgumentException("email is missing: say where you read your mail");
    }
    String domain = email.substring(email.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    List<String> ours =
        creditors.findAll().stream()
            .map(c -> c.senderDomain().toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (!ours.contains(domain)) {
      throw new IllegalArgumentException(
          "email is '"
              + email
              + "': figures go to addresses of your own at "
              + String.join(", ", ours));
    }
    users.readsMailAt(principal.getName(), email);
    audit.record(
        Actor.user(principal.getName()), "change-email", "user " + principal.getName(), email);
  }

  @PutMapping("/weekly-mail")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void wish(@RequestBody Wished request, Principal principal) {
    wishes.wish(principal.getName(), request.language(), request.fromHour(), request.zone());
  }

  @DeleteMapping("/weekly-mail")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(Principal principal) {
    wishes.end(principal.getName());
  }
}
