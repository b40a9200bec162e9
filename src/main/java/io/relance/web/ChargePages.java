package io.relance.web;

import io.relance.charges.Charges;
import io.relance.charges.RateSeries;
import io.relance.charges.ReferenceRates;
import io.relance.ledger.Creditors;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.InstantSource;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rates that laws refer to, and what a manager does about an invoice's charges. */
@Controller
class ChargePages {

  private final Charges charges;
  private final ChargeResource resource;
  private final Creditors creditors;
  private final InstantSource clock;

  ChargePages(Charges charges, ChargeResource resource, Creditors creditors, InstantSource clock) {
    this.charges = charges;
    this.resource = resource;
    this.creditors = creditors;
    this.clock = clock;
  }

  @GetMapping("/rates")
  String rates(Model model) {
    LocalDate halfYear =
        ReferenceRates.halfYearOf(
            creditors.findAll().getFirst().calendar().dateOf(clock.instant()));
    model.addAttribute("missing", charges.missingRates(halfYear));
    model.addAttribute("rates", charges.rateRows());
    model.addAttribute("series", RateSeries.values());
    model.addAttribute("halfYear", halfYear);
    model.addAttribute(
        "terms",
        creditors.findAll().stream()
            .map(c -> new CreditorTerms(c.name(), c.code(), resource.terms(c.code())))
            .toList());
    return "rates";
  }

  /** A creditor and by what they charge. */
  record CreditorTerms(String name, String code, ChargeResource.TermsView terms) {}

  @PostMapping("/rates")
  String enter(
      @RequestParam String series,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String percent,
      @RequestParam @Nullable String source,
      Principal principal,
      RedirectAttributes flash) {
    try {
      LocalDate halfYear = ActionPages.day("from", from);
      if (halfYear == null) {
        throw new IllegalArgumentException("from is missing: a 1 January or a 1 July");
      }
      resource.enter(
          series, halfYear, new ChargeResource.RateRequest(percent(percent), source), principal);
      flash.addFlashAttribute("said", "The rate is kept.");
    } catch (IllegalArgumentException refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
    return "redirect:/rates";
  }

  private static @Nullable BigDecimal percent(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String plain = text.strip().replace(',', '.');
    if (!plain.matches("-?\\d{1,3}(\\.\\d{1,4})?")) {
      throw new IllegalArgumentException(
          "percent is '" + text + "', which is no number such as 2.15");
    }
    return new BigDecimal(plain);
  }

  @PostMapping("/invoices/{number}/charges/waiver")
  String waive(
      @PathVariable String number,
      @RequestParam @Nullable String reason,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/invoices/{n}",
        number,
        () -> resource.waive(number, new ChargeResource.Waiver(reason), principal));
  }

  @PostMapping("/invoices/{number}/charges/waiver/end")
  String claimAgain(@PathVariable String number, Principal principal, RedirectAttributes flash) {
    return ActionPages.told(
        flash, "/invoices/{n}", number, () -> resource.claimAgain(number, principal));
  }

  @PostMapping("/customers/{number}/insolvency")
  String insolvent(
      @PathVariable String number,
      @RequestParam @Nullable String since,
      @RequestParam @Nullable String note,
      Principal principal,
      RedirectAttributes flash) {
    return ActionPages.told(
        flash,
        "/customers/{n}",
        number,
        () ->
            resource.insolvent(
                number,
                new ChargeResource.Insolvency(ActionPages.day("since", since), note),
                principal));
  }

  @PostMapping("/customers/{number}/insolvency/end")
  String solvent(@PathVariable String number, Principal principal, RedirectAttributes flash) {
    return ActionPages.told(
        flash, "/customers/{n}", number, () -> resource.solvent(number, principal));
  }
}
