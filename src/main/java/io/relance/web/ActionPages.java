package io.relance.web;

import io.relance.outreach.permission.Channel;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** What an agent does on an invoice's or a payer's page: hold, promise, plan, dispute. */
@Controller
class ActionPages {

  private final HoldResource holds;
  private final AgreementResource agreements;
  private final PlanResource plans;
  private final ContactResource contacts;
  private final HandoverResource handovers;
  private final ScoringResource scoring;

  ActionPages(
      HoldResource holds,
      AgreementResource agreements,
      PlanResource plans,
      ContactResource contacts,
      HandoverResource handovers,
      ScoringResource scoring) {
    this.holds = holds;
    this.agreements = agreements;
    this.plans = plans;
    this.contacts = contacts;
    this.handovers = handovers;
    this.scoring = scoring;
  }

  @PostMapping("/invoices/{number}/hold")
  String holdInvoice(
      @PathVariable String number,
      @RequestParam @Nullable String reason,
      @RequestParam @Nullable String until,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/invoices/{n}",
        number,
        () ->
            holds.holdInvoice(
                number, new HoldResource.Request(reason, day("until", until)), principal));
  }

  @PostMapping("/invoices/{number}/hold/end")
  String endInvoiceHold(
      @PathVariable String number, Principal principal, RedirectAttributes flash) {
    return told(flash, "/invoices/{n}", number, () -> holds.releaseInvoice(number, principal));
  }

  @PostMapping("/customers/{number}/hold")
  String holdPayer(
      @PathVariable String number,
      @RequestParam @Nullable String reason,
      @RequestParam @Nullable String until,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/customers/{n}",
        number,
        () ->
            holds.holdPayer(
                number, new HoldResource.Request(reason, day("until", until)), principal));
  }

  @PostMapping("/customers/{number}/hold/end")
  String endPayerHold(@PathVariable String number, Principal principal, RedirectAttributes flash) {
    return told(flash, "/customers/{n}", number, () -> holds.releasePayer(number, principal));
  }

  @PostMapping("/invoices/{number}/handover")
  String handOver(
      @PathVariable String number,
      @RequestParam @Nullable String note,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/invoices/{n}",
        number,
        () -> handovers.propose(number, new HandoverResource.Request(note), principal));
  }

  @PostMapping("/invoices/{number}/handover/end")
  String endHandover(@PathVariable String number, Principal principal, RedirectAttributes flash) {
    return told(flash, "/invoices/{n}", number, () -> handovers.withdraw(number, principal));
  }

  @PostMapping("/customers/{number}/signals")
  String noticeUnusual(
      @PathVariable String number,
      @RequestParam @Nullable String evidence,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/customers/{n}",
        number,
        () -> scoring.notice(number, new ScoringResource.Noticed(evidence), principal));
  }

  @PostMapping("/customers/{number}/opt-outs/{channel}")
  String optOut(
      @PathVariable String number,
      @PathVariable String channel,
      @RequestParam(defaultValue = "out") String act,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/customers/{n}",
        number,
        () -> {
          if (act.equals("in") && Channel.of(channel).needsConsent()) {
            contacts.consent(number, channel, principal);
          } else if (act.equals("in")) {
            contacts.optIn(number, channel, principal);
          } else {
            contacts.optOut(number, channel, null, principal);
          }
        });
  }

  @PostMapping("/invoices/{number}/promise")
  String promise(
      @PathVariable String number,
      @RequestParam @Nullable String promisedFor,
      @RequestParam @Nullable String amount,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/invoices/{n}",
        number,
        () ->
            agreements.promise(
                number,
                new AgreementResource.PromiseRequest(
                    day("promisedFor", promisedFor), amount(amount)),
                principal));
  }

  /** Shows what a plan would be, or proposes it. */
  @PostMapping("/customers/{number}/plan")
  String plan(
      @PathVariable String number,
      @RequestParam @Nullable List<String> invoices,
      @RequestParam @Nullable String count,
      @RequestParam @Nullable String firstOn,
      @RequestParam @Nullable String rhythm,
      @RequestParam @Nullable String agreed,
      @RequestParam @Nullable String note,
      @RequestParam(defaultValue = "simulate") String act,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/customers/{n}",
        number,
        () -> {
          PlanResource.Request request =
              new PlanResource.Request(
                  invoices,
                  count(count),
                  day("firstOn", firstOn),
                  rhythm,
                  null,
                  TaskPages.blankToNull(agreed),
                  "agent",
                  note == null || note.isBlank() ? null : note);
          if (act.equals("propose")) {
            plans.propose(number, request, principal);
          } else {
            flash.addFlashAttribute("planWanted", request);
            flash.addFlashAttribute("simulation", plans.simulate(number, request));
          }
        });
  }

  @PostMapping("/customers/{number}/plans/{id}/withdraw")
  String withdrawPlan(
      @PathVariable String number,
      @PathVariable long id,
      @RequestParam @Nullable String reason,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/customers/{n}",
        number,
        () -> plans.withdraw(id, new PlanResource.Withdrawal(reason), principal));
  }

  private static @Nullable Integer count(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException unreadable) {
      throw new IllegalArgumentException(
          "count is '" + text + "', which is no number such as 3", unreadable);
    }
  }

  @PostMapping("/invoices/{number}/dispute")
  String dispute(
      @PathVariable String number,
      @RequestParam @Nullable String reason,
      @RequestParam @Nullable String amount,
      @RequestParam @Nullable String note,
      Principal principal,
      RedirectAttributes flash) {
    return told(
        flash,
        "/invoices/{n}",
        number,
        () ->
            agreements.dispute(
                number,
                new AgreementResource.DisputeRequest(reason, amount(amount), note),
                principal));
  }

  @PostMapping("/invoices/{number}/dispute/withdraw")
  String withdraw(@PathVariable String number, Principal principal, RedirectAttributes flash) {
    return told(flash, "/invoices/{n}", number, () -> agreements.withdraw(number, principal));
  }

  /** What was typed and cannot be done is told on the page that it came from. */
  static String told(RedirectAttributes flash, String page, String number, Runnable action) {
    tell(flash, action);
    return "redirect:" + UriComponentsBuilder.fromPath(page).build(number);
  }

  static void tell(RedirectAttributes flash, Runnable action) {
    try {
      action.run();
    } catch (IllegalArgumentException | Problems.NotFound refused) {
      flash.addFlashAttribute("problem", refused.getMessage());
    }
  }

  static @Nullable LocalDate day(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException(
          field + " is '" + text + "', which is no date of the form 2026-12-31", unreadable);
    }
  }

  static @Nullable BigDecimal amount(@Nullable String text) {
    return amount("amount", text);
  }

  static @Nullable BigDecimal amount(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String plain = text.replaceAll("[\\s\\u00a0\\u202f]", "").replace(',', '.');
    // three decimals may be a thousand and more: 1,250
    if (!plain.matches("\\d{1,15}(\\.\\d{1,2})?")) {
      throw new IllegalArgumentException(
          field + " is '" + text + "', which is no number such as 1250 or 120.50");
    }
    return new BigDecimal(plain);
  }
}
