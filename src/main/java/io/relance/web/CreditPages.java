package io.relance.web;

import io.relance.ledger.PayerCredits;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form of {@link CreditResource} on a customer's page. */
@Controller
class CreditPages {

  private final CreditResource credits;

  CreditPages(CreditResource credits) {
    this.credits = credits;
  }

  @PostMapping("/customers/{number}/credit")
  String enter(
      @PathVariable String number,
      @RequestParam @Nullable String currency,
      @RequestParam @Nullable String limit,
      @RequestParam @Nullable String cover,
      @RequestParam @Nullable String insurer,
      @RequestParam @Nullable String coverUntil,
      @RequestParam @Nullable String rating,
      @RequestParam @Nullable String ratingSource,
      @RequestParam @Nullable String ratedOn,
      @RequestParam @Nullable String note,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/customers/{n}",
        number,
        () ->
            credits.enter(
                number,
                new PayerCredits.Entry(
                    currency,
                    ActionPages.amount("limit", limit),
                    ActionPages.amount("cover", cover),
                    TaskPages.blankToNull(insurer),
                    ActionPages.day("coverUntil", coverUntil),
                    TaskPages.blankToNull(rating),
                    TaskPages.blankToNull(ratingSource),
                    ActionPages.day("ratedOn", ratedOn),
                    TaskPages.blankToNull(note)),
                principal));
  }
}
