package io.relance.web;

import io.relance.worklist.Absences;
import io.relance.worklist.TaskRights;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is away, and who stands in: agents say it of themselves, managers of everybody. */
@RestController
@RequestMapping("/api/v1/absences")
class AbsenceResource {

  /**
   * Days as {@code yyyy-MM-dd}.
   *
   * @param login who is away; the caller unless it is said
   * @param deputy who stands in; nobody unless it is said
   */
  record Request(
      @Nullable String login,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String deputy) {}

  private final Absences absences;
  private final TaskRights rights;

  AbsenceResource(Absences absences, TaskRights rights) {
    this.absences = absences;
    this.rights = rights;
  }

  /** Today's and those to come: a manager sees everybody's, an agent their own. */
  @GetMapping
  List<Absences.Absence> all(Principal principal) {
    String login = principal.getName();
    return rights.isManager(login) ? absences.all() : absences.of(login);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Absences.Absence say(@RequestBody Request request, Principal principal) {
    String login = TaskPages.blankToNull(request.login());
    return absences.say(
        login == null ? principal.getName() : login,
        request.from(),
        request.to(),
        TaskPages.blankToNull(request.deputy()),
        principal.getName());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id, Principal principal) {
    if (!absences.remove(id, principal.getName())) {
      throw new Problems.NotFound("There is no absence " + id);
    }
  }
}
