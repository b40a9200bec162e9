package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.acts.PayerContacts;
import io.relance.kernel.Actor;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people who answer for a payer. */
@RestController
@RequestMapping("/api/v1/customers/{number}/contacts")
class ContactPersonResource {

  /** Of a contact. One that is changed has another id. */
  record Id(long id) {}

  private final NamedRows named;
  private final PayerContacts contacts;
  private final Audit audit;

  ContactPersonResource(NamedRows named, PayerContacts contacts, Audit audit) {
    this.named = named;
    this.contacts = contacts;
    this.audit = audit;
  }

  @GetMapping
  List<PayerContacts.Contact> all(@PathVariable String number) {
    return contacts.of(named.payer(number).id());
  }

  /**
   * @param token names the request: sent again, it adds once
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Id add(
      @PathVariable String number,
      @RequestBody PayerContacts.Details details,
      @RequestParam(required = false) @Nullable String token,
      Principal principal) {
    Actor actor = Actor.user(principal.getName());
    long id =
        contacts.add(named.theOnlyPayer(number).id(), details, ActSupport.token(token), actor);
    audit.record(actor, "add-contact", "customer " + number, "contact " + id);
    return new Id(id);
  }

  @PutMapping("/{id}")
  Id change(
      @PathVariable String number,
      @PathVariable long id,
      @RequestBody PayerContacts.Details details,
      @RequestParam(required = false) @Nullable String token,
      Principal principal) {
    Actor actor = Actor.user(principal.getName());
    long changed =
        ActSupport.found(
            () ->
                contacts.change(
                    named.theOnlyPayer(number).id(), id, details, ActSupport.token(token), actor));
    audit.record(actor, "change-contact", "customer " + number, id + " is now " + changed);
    return new Id(changed);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String number, @PathVariable long id, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    ActSupport.found(() -> contacts.remove(named.theOnlyPayer(number).id(), id, actor));
    audit.record(actor, "remove-contact", "customer " + number, "contact " + id);
  }
}
