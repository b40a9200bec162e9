package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.ledger.FormerPayers;
import io.relance.ledger.PayerErasing;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The personal data of a customer who asks for its erasure. */
@RestController
@RequestMapping("/api/v1/customers/{number}/erase")
class PayerEraseResource {

  /**
   * @param reason why, for the audit; without the data that is erased
   */
  record Request(@Nullable String reason) {}

  private final PayerErasing erasing;
  private final FormerPayers former;
  private final NamedRows named;
  private final Audit audit;

  PayerEraseResource(PayerErasing erasing, FormerPayers former, NamedRows named, Audit audit) {
    this.erasing = erasing;
    this.former = former;
    this.named = named;
    this.audit = audit;
  }

  @PostMapping
  PayerErasing.Erased erase(
      @PathVariable String number, @RequestBody Request request, Principal principal) {
    String reason = TaskPages.blankToNull(request.reason());
    if (reason == null) {
      throw new IllegalArgumentException(
          "reason is missing: say why the data is erased, such as 'asked for by letter'");
    }
    former
        .find(number)
        .ifPresent(
            gone -> {
              throw new IllegalArgumentException(
                  "customer %s was merged into %s: erase %s, and both are erased"
                      .formatted(gone.number(), gone.into(), gone.into()));
            });
    Actor actor = Actor.user(principal.getName());
    PayerErasing.Erased erased = erasing.erase(named.theOnlyPayer(number), actor);
    audit.record(actor, "erase-customer", "customer " + erased.number(), reason);
    return erased;
  }
}
