package io.relance.web;

import io.relance.access.Audit;
import io.relance.cash.UnmatchedPayments;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Money for which no invoice was found. */
@RestController
@RequestMapping("/api/v1/payments")
class PaymentResource {

  /**
   * @param invoices numbers, in the order in which the money is set against them
   */
  record Match(@Nullable List<String> invoices) {}

  /**
   * @param customer whose it is
   */
  record Owner(@Nullable String customer) {}

  /**
   * @param reason what became of the money
   */
  record Aside(@Nullable String reason) {}

  /** What is left of a payment. */
  record Left(String left, String currency) {}

  private final UnmatchedPayments payments;
  private final NamedRows named;
  private final Audit audit;

  PaymentResource(UnmatchedPayments payments, NamedRows named, Audit audit) {
    this.payments = payments;
    this.named = named;
    this.audit = audit;
  }

  @GetMapping("/unmatched")
  UnmatchedPayments.Page unmatched(
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return payments.list(TaskPages.blankToNull(customer), page, size);
  }

  @PostMapping("/{id}/match")
  Left match(@PathVariable long id, @RequestBody Match match, Principal principal) {
    List<String> numbers =
        match.invoices() == null
            ? List.of()
            : match.invoices().stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("invoices is missing: name those that the payment pays");
    }
    requireKnown(id);
    Actor actor = Actor.user(principal.getName());
    List<Long> ids = numbers.stream().map(n -> named.theOnlyInvoice(n).id()).toList();
    Money left = payments.match(id, ids, actor);
    audit.record(actor, "match-payment", "payment " + id, "invoices " + numbers);
    return new Left(left.plain(), left.currencyCode());
  }

  @PostMapping("/{id}/owner")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void owner(@PathVariable long id, @RequestBody Owner owner, Principal principal) {
    String customer = TaskPages.blankToNull(owner.customer());
    if (customer == null) {
      throw new IllegalArgumentException("customer is missing: say whose the payment is");
    }
    requireKnown(id);
    Actor actor = Actor.user(principal.getName());
    payments.belongsTo(id, named.theOnlyPayer(customer).id(), actor);
    audit.record(actor, "own-payment", "payment " + id, "customer " + customer);
  }

  @PostMapping("/{id}/set-aside")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void setAside(@PathVariable long id, @RequestBody Aside aside, Principal principal) {
    requireKnown(id);
    Actor actor = Actor.user(principal.getName());
    String reason = aside.reason() == null ? "" : aside.reason();
    payments.setAside(id, reason, actor);
    audit.record(actor, "set-payment-aside", "payment " + id, reason);
  }

  private void requireKnown(long id) {
    if (!payments.exists(id)) {
      throw new Problems.NotFound("There is no payment " + id);
    }
  }
}
