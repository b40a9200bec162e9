package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.acts.Undo;
import io.relance.kernel.Actor;
import io.relance.worklist.TaskRights;
import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people did of late with a payer, and taking it back. */
@RestController
@RequestMapping("/api/v1/customers/{number}/acts")
class UndoResource {

  /** What was undone, as the timeline tells it. */
  record Undone(String text) {}

  private final NamedRows named;
  private final Undo undo;
  private final TaskRights rights;
  private final Audit audit;

  UndoResource(NamedRows named, Undo undo, TaskRights rights, Audit audit) {
    this.named = named;
    this.undo = undo;
    this.rights = rights;
    this.audit = audit;
  }

  @GetMapping
  List<Undo.Act> offered(@PathVariable String number, Principal principal) {
    return offered(named.payer(number).id(), principal.getName());
  }

  List<Undo.Act> offered(long payerId, String login) {
    return undo.offered(payerId, by(login));
  }

  @PostMapping("/{id}/undo")
  Undone undo(@PathVariable String number, @PathVariable long id, Principal principal) {
    Undo.By by = by(principal.getName());
    String text = ActSupport.found(() -> undo.undo(named.theOnlyPayer(number).id(), id, by));
    audit.record(by.actor(), "undo", "customer " + number, text);
    return new Undone(text);
  }

  private Undo.By by(String login) {
    return new Undo.By(Actor.user(login), rights.isManager(login));
  }
}
