package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.outreach.InboundMessages;
import java.security.Principal;
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

/** What payers wrote, and what mail servers wrote about our messages to them. */
@RestController
@RequestMapping("/api/v1/inbox")
class InboxResource {

  /**
   * @param customer whose it is, where nobody was found for it
   */
  record Reading(@Nullable String customer) {}

  private final InboundMessages inbound;
  private final NamedRows named;
  private final Audit audit;

  InboxResource(InboundMessages inbound, NamedRows named, Audit audit) {
    this.inbound = inbound;
    this.named = named;
    this.audit = audit;
  }

  @GetMapping
  InboundMessages.Page list(
      @RequestParam(defaultValue = "false") boolean unread,
      @RequestParam(required = false) @Nullable String customer,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return inbound.list(unread, customer, page, size);
  }

  @GetMapping("/{id}")
  InboundMessages.Kept one(@PathVariable long id) {
    return inbound
        .find(id)
        .orElseThrow(() -> new Problems.NotFound("Nothing with number " + id + " came in"));
  }

  /** A person read it. Read once more, nothing changes. */
  @PostMapping("/{id}/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void read(
      @PathVariable long id,
      @RequestBody(required = false) @Nullable Reading reading,
      Principal principal) {
    InboundMessages.Kept message = one(id);
    String customer = reading == null ? null : TaskPages.blankToNull(reading.customer());
    if (customer != null && message.payerId() != null && !customer.equals(message.customerId())) {
      throw new IllegalArgumentException(
          "customer is '" + customer + "', but this is of customer " + message.customerId());
    }
    Long payerId = customer == null ? null : (Long) named.theOnlyPayer(customer).id();
    Actor actor = Actor.user(principal.getName());
    if (inbound.read(id, payerId, actor)) {
      audit.record(
          actor,
          "read-message",
          "message received " + id,
          customer == null ? null : "of " + customer);
    }
  }
}
