package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.CaseReviews;
import io.relance.casework.PaymentPromises;
import io.relance.casework.disputes.Disputes;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Invoice;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is agreed about an invoice outside of a call: a dispute, a promise, its end. */
@RestController
@RequestMapping("/api/v1/invoices/{number}")
class AgreementResource {

  /** A dispute over an amount in the invoice's currency, or over all of it. */
  record DisputeRequest(
      @Nullable String reason, @Nullable BigDecimal amount, @Nullable String note) {}

  /** A day, and an amount in the invoice's currency or all of it. */
  record PromiseRequest(@Nullable LocalDate promisedFor, @Nullable BigDecimal amount) {}

  /** How it ends, {@code written-off} or {@code handed-over}, and why. */
  record Conclusion(@Nullable String outcome, @Nullable String note) {}

  private final NamedRows named;
  private final Disputes disputes;
  private final PaymentPromises promises;
  private final CaseReviews reviews;
  private final Audit audit;

  AgreementResource(
      NamedRows named,
      Disputes disputes,
      PaymentPromises promises,
      CaseReviews reviews,
      Audit audit) {
    this.named = named;
    this.disputes = disputes;
    this.promises = promises;
    this.reviews = reviews;
    this.audit = audit;
  }

  @PostMapping("/dispute")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void dispute(
      @PathVariable String number, @RequestBody DisputeRequest request, Principal principal) {
    if (request.reason() == null || request.reason().isBlank()) {
      throw new IllegalArgumentException("reason is missing: say what is disputed");
    }
    Invoice invoice = named.invoice(number);
    Actor actor = Actor.user(principal.getName());
    boolean opened =
        disputes.open(
            invoice.id(),
            request.reason(),
            money(request.amount(), invoice),
            request.note(),
            "api-" + UUID.randomUUID(),
            actor);
    if (!opened) {
      throw new IllegalArgumentException(
          "invoice " + number + " has an open dispute: settle it before another is opened");
    }
    audit.record(actor, "open-dispute", "invoice " + number, request.reason());
  }

  @DeleteMapping("/dispute")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(@PathVariable String number, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (!disputes.withdraw(named.invoice(number).id(), actor)) {
      throw new Problems.NotFound("Invoice '" + number + "' has no open dispute");
    }
    audit.record(actor, "withdraw-dispute", "invoice " + number, null);
  }

  @PostMapping("/promise")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void promise(
      @PathVariable String number, @RequestBody PromiseRequest request, Principal principal) {
    if (request.promisedFor() == null) {
      throw new IllegalArgumentException("promisedFor is missing: a promise names a day");
    }
    Invoice invoice = named.invoice(number);
    if (invoice.isSettled()) {
      throw new IllegalArgumentException("invoice " + number + " has nothing open");
    }
    Actor actor = Actor.user(principal.getName());
    promises.make(
        invoice.payerId(),
        List.of(invoice),
        request.promisedFor(),
        money(request.amount(), invoice),
        "api-" + UUID.randomUUID(),
        actor);
    audit.record(actor, "promise", "invoice " + number, request.promisedFor().toString());
  }

  /** A manager ends the collection: written off, or handed over. */
  @PostMapping("/conclusion")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void conclude(
      @PathVariable String number, @RequestBody Conclusion conclusion, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    reviews.conclude(named.invoice(number).id(), conclusion.outcome(), conclusion.note(), actor);
    audit.record(actor, "conclude", "invoice " + number, conclusion.outcome());
  }

  private static @Nullable Money money(@Nullable BigDecimal amount, Invoice invoice) {
    return amount == null ? null : Money.of(amount, invoice.currency());
  }
}
