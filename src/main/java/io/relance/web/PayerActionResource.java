package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.Notes;
import io.relance.kernel.Actor;
import io.relance.outreach.PersonalReminders;
import io.relance.outreach.Tone;
import io.relance.outreach.permission.Channel;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a person does for a payer, beside the tasks that processes ask for. */
@RestController
@RequestMapping("/api/v1/customers/{number}")
class PayerActionResource {

  /**
   * @param tone courteous, firm, final or statement
   * @param channel null for the one that works best
   */
  record Wanted(@Nullable String tone, @Nullable String channel) {}

  /** What will be written, and when it may go. */
  record Asked(List<String> invoices, String channel, Instant at, String reason) {}

  /**
   * @param kind note or inbound-call
   */
  record Noted(@Nullable String kind, @Nullable String text) {}

  private final PersonalReminders reminders;
  private final Notes notes;
  private final NamedRows named;
  private final Audit audit;

  PayerActionResource(PersonalReminders reminders, Notes notes, NamedRows named, Audit audit) {
    this.reminders = reminders;
    this.notes = notes;
    this.named = named;
    this.audit = audit;
  }

  @PostMapping("/messages")
  Asked write(@PathVariable String number, @RequestBody Wanted wanted, Principal principal) {
    String tone = TaskPages.blankToNull(wanted.tone());
    if (tone == null) {
      throw new IllegalArgumentException(
          "tone is missing: say courteous, firm, final or statement");
    }
    String channel = TaskPages.blankToNull(wanted.channel());
    Actor actor = Actor.user(principal.getName());
    PersonalReminders.Asked asked =
        reminders.ask(
            named.theOnlyPayer(number).id(),
            Tone.of(tone),
            channel == null ? null : Channel.of(channel),
            actor);
    audit.record(actor, "ask-for-message", "customer " + number, tone);
    return new Asked(asked.invoices(), asked.channel().word(), asked.at(), asked.reason());
  }

  @PostMapping("/notes")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void note(@PathVariable String number, @RequestBody Noted noted, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    notes.add(
        named.theOnlyPayer(number).id(),
        noted.kind() == null ? "note" : noted.kind(),
        noted.text() == null ? "" : noted.text(),
        actor);
    audit.record(actor, "note", "customer " + number, noted.kind());
  }
}
