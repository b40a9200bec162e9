package io.relance.web;

import io.relance.access.Audit;
import io.relance.access.Users;
import io.relance.casework.acts.PayerQuestions;
import io.relance.kernel.Actor;
import io.relance.worklist.Teams;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people ask each other about payers. */
@RestController
@RequestMapping("/api/v1")
class QuestionResource {

  /**
   * @param colleague log-in of who is asked; or
   * @param team the name of a team that is asked
   * @param holdUntil the last day on which reminders wait for the answer; null if they do not
   * @param token names the request: sent again, it asks once
   */
  record Ask(
      @Nullable String colleague,
      @Nullable String team,
      @Nullable String question,
      @Nullable LocalDate holdUntil,
      @Nullable String token) {}

  record Answer(@Nullable String answer) {}

  record Id(long id) {}

  /** What waits for this user's answer, and what was answered to them. */
  record Mine(List<PayerQuestions.Question> asked, List<PayerQuestions.Question> answers) {}

  private final NamedRows named;
  private final PayerQuestions questions;
  private final Users users;
  private final Teams teams;
  private final Audit audit;

  QuestionResource(
      NamedRows named, PayerQuestions questions, Users users, Teams teams, Audit audit) {
    this.named = named;
    this.questions = questions;
    this.users = users;
    this.teams = teams;
    this.audit = audit;
  }

  @GetMapping("/questions")
  Mine mine(Principal principal) {
    return mine(principal.getName());
  }

  Mine mine(String login) {
    List<String> ours =
        teams.all().stream()
            .filter(team -> team.members().stream().anyMatch(m -> m.login().equals(login)))
            .map(Teams.Team::name)
            .toList();
    return new Mine(questions.askedOf(login, ours), questions.answersFor(login));
  }

  @GetMapping("/customers/{number}/questions")
  List<PayerQuestions.Question> about(@PathVariable String number) {
    return questions.of(named.payer(number).id());
  }

  @PostMapping("/customers/{number}/questions")
  @ResponseStatus(HttpStatus.CREATED)
  Id ask(@PathVariable String number, @RequestBody Ask ask, Principal principal) {
    String colleague = TaskPages.blankToNull(ask.colleague());
    String team = TaskPages.blankToNull(ask.team());
    if (colleague != null && !users.whoDoTasks().contains(colleague)) {
      throw new IllegalArgumentException(
          "colleague is '" + colleague + "', and nobody of that name does tasks here");
    }
    if (team != null && teams.all().stream().noneMatch(t -> t.name().equals(team))) {
      throw new IllegalArgumentException("there is no team '" + team + "'");
    }
    Actor actor = Actor.user(principal.getName());
    long id =
        questions.ask(
            named.theOnlyPayer(number).id(),
            colleague,
            team,
            ask.question(),
            ask.holdUntil(),
            ActSupport.token(ask.token()),
            actor);
    audit.record(
        actor, "ask-colleague", "customer " + number, colleague == null ? team : colleague);
    return new Id(id);
  }

  @PostMapping("/customers/{number}/questions/{id}/answer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void answer(
      @PathVariable String number,
      @PathVariable long id,
      @RequestBody Answer answer,
      Principal principal) {
    Actor actor = Actor.user(principal.getName());
    ActSupport.found(
        () -> questions.answer(named.theOnlyPayer(number).id(), id, answer.answer(), actor));
    audit.record(actor, "answer-colleague", "customer " + number, "question " + id);
  }

  @PostMapping("/customers/{number}/questions/{id}/seen")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void seen(@PathVariable String number, @PathVariable long id, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    ActSupport.found(() -> questions.seen(named.theOnlyPayer(number).id(), id, actor));
  }
}
