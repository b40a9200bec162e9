package io.relance.web;

import io.relance.access.Audit;
import io.relance.access.Users;
import io.relance.analytics.weekly.WeeklyWishes;
import io.relance.kernel.Actor;
import java.security.Principal;
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
  private final OwnAddresses addresses;
  private final Audit audit;

  MeResource(Users users, WeeklyWishes wishes, OwnAddresses addresses, Audit audit) {
    this.users = users;
    this.wishes = wishes;
    this.addresses = addresses;
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
    addresses.require(email, "email is '" + email + "': figures go to addresses of your own at ");
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
