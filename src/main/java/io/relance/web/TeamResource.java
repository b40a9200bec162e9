package io.relance.web;

import io.relance.kernel.Actor;
import io.relance.worklist.Teams;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who works on which queues. */
@RestController
@RequestMapping("/api/v1/teams")
class TeamResource {

  /** A member; not a senior unless it is said. */
  record Someone(@Nullable String login, @Nullable Boolean senior) {}

  /** A team but for its name, which the address says. */
  record Content(@Nullable List<String> queues, @Nullable List<Someone> members) {}

  private final Teams teams;

  TeamResource(Teams teams) {
    this.teams = teams;
  }

  @GetMapping
  List<Teams.Team> all() {
    return teams.all();
  }

  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@PathVariable String name, @RequestBody Content content, Principal principal) {
    teams.keep(
        new Teams.Team(
            name,
            content.queues() == null ? List.of() : content.queues(),
            members(content.members())),
        Actor.user(principal.getName()));
  }

  private static List<Teams.Member> members(@Nullable List<Someone> members) {
    return members == null
        ? List.of()
        : members.stream()
            .map(
                m ->
                    new Teams.Member(
                        m.login() == null ? "" : m.login(), Boolean.TRUE.equals(m.senior())))
            .toList();
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name, Principal principal) {
    if (!teams.remove(name, Actor.user(principal.getName()))) {
      throw new Problems.NotFound("There is no team '" + name + "'");
    }
  }
}
