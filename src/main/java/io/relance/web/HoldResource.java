package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.Holds;
import io.relance.kernel.Actor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import java.security.Principal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
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

/** Holds: collection waits until a day, for an invoice or for all of a payer's. */
@RestController
@RequestMapping("/api/v1")
class HoldResource {

  /** Why collection is to wait, and the last day of it. */
  record Request(@Nullable String reason, @Nullable LocalDate until) {}

  private final NamedRows named;
  private final Holds holds;
  private final Creditors creditors;
  private final Audit audit;
  private final InstantSource clock;

  HoldResource(
      NamedRows named, Holds holds, Creditors creditors, Audit audit, InstantSource clock) {
    this.named = named;
    this.holds = holds;
    this.creditors = creditors;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping("/customers/{number}/holds")
  List<Holds.Hold> ofPayer(@PathVariable String number) {
    Payer payer = named.payer(number);
    LocalDate today =
        creditors.findById(payer.creditorId()).orElseThrow().calendar().dateOf(clock.instant());
    return holds.running(payer.id(), today);
  }

  @PutMapping("/customers/{number}/hold")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void holdPayer(@PathVariable String number, @RequestBody Request request, Principal principal) {
    begin(named.payer(number).id(), null, request, principal, "customer " + number);
  }

  @PutMapping("/invoices/{number}/hold")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void holdInvoice(@PathVariable String number, @RequestBody Request request, Principal principal) {
    Invoice invoice = named.invoice(number);
    begin(invoice.payerId(), invoice.id(), request, principal, "invoice " + number);
  }

  private void begin(
      long payerId, @Nullable Long invoiceId, Request request, Principal principal, String what) {
    Actor actor = Actor.user(principal.getName());
    holds.begin(
        payerId,
        invoiceId,
        "hold",
        request.reason(),
        request.until(),
        "hold-" + UUID.randomUUID(),
        actor);
    audit.record(actor, "hold", what, request.reason());
  }

  @DeleteMapping("/customers/{number}/hold")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void releasePayer(@PathVariable String number, Principal principal) {
    end(named.payer(number).id(), null, principal, "customer " + number);
  }

  @DeleteMapping("/invoices/{number}/hold")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void releaseInvoice(@PathVariable String number, Principal principal) {
    Invoice invoice = named.invoice(number);
    end(invoice.payerId(), invoice.id(), principal, "invoice " + number);
  }

  private void end(long payerId, @Nullable Long invoiceId, Principal principal, String what) {
    Actor actor = Actor.user(principal.getName());
    if (!holds.end(payerId, invoiceId, actor)) {
      throw new Problems.NotFound("Nothing holds " + what);
    }
    audit.record(actor, "end-hold", what, null);
  }
}
