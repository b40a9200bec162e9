package io.relance.web;

import io.relance.access.Audit;
import io.relance.kernel.Actor;
import io.relance.ledger.FormerPayers;
import io.relance.ledger.Payer;
import io.relance.ledger.PayerMerging;
import io.relance.ledger.Payers;
import java.security.Principal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Two customer numbers that are the same payer. */
@RestController
@RequestMapping("/api/v1/customers/{number}/merge")
class PayerMergeResource {

  /**
   * @param into the customer number that is left
   */
  record Request(@Nullable String into) {}

  /**
   * What a merge does, or did.
   *
   * @param moves rows by their table
   * @param stays tables of which rows stay under the old number, and why
   */
  record Merge(
      String customerId,
      String name,
      String into,
      String intoName,
      Map<String, Long> moves,
      Map<String, String> stays) {}

  private final PayerMerging merging;
  private final FormerPayers former;
  private final Payers payers;
  private final NamedRows named;
  private final Audit audit;

  PayerMergeResource(
      PayerMerging merging, FormerPayers former, Payers payers, NamedRows named, Audit audit) {
    this.merging = merging;
    this.former = former;
    this.payers = payers;
    this.named = named;
    this.audit = audit;
  }

  /** What would move; nothing changes. */
  @GetMapping
  Merge preview(@PathVariable String number, @RequestParam(defaultValue = "") String into) {
    Payer from = notMergedYet(number);
    Payer survivor = survivor(from, into);
    return told(from, survivor, merging.preview(from, survivor));
  }

  @PostMapping
  Merge merge(@PathVariable String number, @RequestBody Request request, Principal principal) {
    Payer from = notMergedYet(number);
    Payer survivor = survivor(from, request.into());
    Actor actor = Actor.user(principal.getName());
    Map<String, Long> moved = merging.merge(from, survivor, actor);
    audit.record(
        actor,
        "merge-customer",
        "customer " + from.number(),
        "into %s: %s"
            .formatted(
                survivor.number(),
                moved.entrySet().stream()
                    .filter(m -> m.getValue() > 0)
                    .map(m -> m.getValue() + " " + m.getKey())
                    .collect(Collectors.joining(", "))));
    return told(from, survivor, moved);
  }

  private Merge told(Payer from, Payer into, Map<String, Long> moves) {
    return new Merge(from.number(), from.name(), into.number(), into.name(), moves, merging.kept());
  }

  /** A former number must not take its survivor along to somebody else. */
  private Payer notMergedYet(String number) {
    FormerPayers.Former gone = former.find(number).orElse(null);
    if (gone != null) {
      throw new IllegalArgumentException(
          "customer %s was merged into %s by %s already: if %s is yet another customer's, too, merge that one"
              .formatted(gone.number(), gone.into(), gone.by(), gone.into()));
    }
    return named.theOnlyPayer(number);
  }

  private Payer survivor(Payer from, @Nullable String into) {
    String wanted = TaskPages.blankToNull(into);
    if (wanted == null) {
      throw new IllegalArgumentException(
          "into is missing: say the number of the customer that is left");
    }
    return payers
        .findByCreditorIdAndNumber(from.creditorId(), wanted)
        .orElseGet(() -> named.payer(wanted));
  }
}
