package io.relance.web;

import io.relance.access.Audit;
import io.relance.casework.Insolvencies;
import io.relance.charges.ChargeTerms;
import io.relance.charges.Charges;
import io.relance.charges.InvoiceCharges;
import io.relance.charges.LateInterest;
import io.relance.charges.RateSeries;
import io.relance.charges.Regime;
import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Invoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Late-payment charges, the rates and terms behind them, and insolvency, which ends them. */
@RestController
@RequestMapping("/api/v1")
class ChargeResource {

  /**
   * @param amount in currency units, four decimals
   */
  record PeriodView(
      LocalDate from,
      LocalDate to,
      int days,
      String principal,
      String percent,
      String because,
      String amount) {}

  /**
   * @param provisional whether a rate is assumed because nobody has entered it yet
   */
  record InterestView(
      String amount, String currency, boolean provisional, List<PeriodView> periods) {}

  record AmountView(String amount, String currency) {}

  /** The charges of an invoice, with their computation. */
  record View(
      String invoice,
      LocalDate asOf,
      String regime,
      String law,
      @Nullable InterestView interest,
      @Nullable AmountView indemnity,
      @Nullable String none,
      @Nullable String waivedBy) {}

  /** A rate as it is listed. */
  record RateView(String series, LocalDate from, String percent, String source, String actor) {}

  /** A rate as it is entered. */
  record RateRequest(@Nullable BigDecimal percent, @Nullable String source) {}

  /** A creditor's terms, as they are read and written. */
  record TermsView(
      @Nullable String regime,
      @Nullable BigDecimal contractPercent,
      @Nullable BigDecimal indemnity,
      @Nullable String indemnityCurrency,
      @Nullable Boolean britishFixed) {}

  /** Why nothing is charged. */
  record Waiver(@Nullable String reason) {}

  /** When proceedings were opened. */
  record Insolvency(@Nullable LocalDate since, @Nullable String note) {}

  private static final int YEARS_AHEAD = 10;

  private final NamedRows named;
  private final Charges charges;
  private final Insolvencies insolvencies;
  private final Audit audit;

  ChargeResource(NamedRows named, Charges charges, Insolvencies insolvencies, Audit audit) {
    this.named = named;
    this.charges = charges;
    this.insolvencies = insolvencies;
    this.audit = audit;
  }

  @GetMapping("/invoices/{number}/charges")
  View ofInvoice(
      @PathVariable String number, @RequestParam(required = false) @Nullable LocalDate asOf) {
    Invoice invoice = named.invoice(number);
    LocalDate latest = named.today(invoice.creditorId()).plusYears(YEARS_AHEAD);
    if (asOf != null && asOf.isAfter(latest)) {
      throw new IllegalArgumentException(
          "asOf is " + asOf + ": it is " + latest + " at the latest");
    }
    return view(
        invoice, charges.of(invoice, asOf == null ? named.today(invoice.creditorId()) : asOf));
  }

  /** What is charged today. */
  View today(String number) {
    return ofInvoice(number, null);
  }

  private static View view(Invoice invoice, InvoiceCharges charged) {
    LateInterest interest = charged.interest();
    Money indemnity = charged.indemnity();
    return new View(
        invoice.number(),
        charged.asOf(),
        charged.regime().word(),
        charged.law(),
        interest == null
            ? null
            : new InterestView(
                interest.total().plain(),
                interest.total().currencyCode(),
                interest.provisional(),
                interest.periods().stream().map(ChargeResource::view).toList()),
        indemnity == null ? null : new AmountView(indemnity.plain(), indemnity.currencyCode()),
        charged.none(),
        charged.waivedBy());
  }

  private static PeriodView view(LateInterest.Period period) {
    return new PeriodView(
        period.from(),
        period.to(),
        period.days(),
        period.principal().plain(),
        period.percent().stripTrailingZeros().toPlainString(),
        period.because(),
        period.amount().setScale(4, RoundingMode.HALF_EVEN).toPlainString());
  }

  @PutMapping("/invoices/{number}/charges/waiver")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void waive(@PathVariable String number, @RequestBody Waiver waiver, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    charges.waive(named.invoice(number), waiver.reason(), actor);
    audit.record(actor, "waive-charges", "invoice " + number, waiver.reason());
  }

  @DeleteMapping("/invoices/{number}/charges/waiver")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void claimAgain(@PathVariable String number, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (!charges.claimAgain(named.invoice(number))) {
      throw new Problems.NotFound("Nobody does without the charges of invoice " + number);
    }
    audit.record(actor, "claim-charges", "invoice " + number, null);
  }

  @GetMapping("/rates")
  List<RateView> rates() {
    return charges.rateRows().stream()
        .map(
            r ->
                new RateView(
                    r.series().word(),
                    r.halfYear(),
                    r.percent().toPlainString(),
                    r.source(),
                    r.actor()))
        .toList();
  }

  @PutMapping("/rates/{series}/{from}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void enter(
      @PathVariable String series,
      @PathVariable LocalDate from,
      @RequestBody RateRequest request,
      Principal principal) {
    Actor actor = Actor.user(principal.getName());
    charges.enter(RateSeries.of(series), from, request.percent(), request.source(), actor);
    audit.record(
        actor, "enter-rate", series + " from " + from, request.percent() + ": " + request.source());
  }

  @GetMapping("/creditors/{code}/charge-terms")
  TermsView terms(@PathVariable String code) {
    ChargeTerms terms = charges.termsOf(named.creditor(code));
    Money indemnity = terms.indemnity();
    return new TermsView(
        terms.regime().word(),
        terms.contractPercent(),
        indemnity == null ? null : indemnity.amount(),
        indemnity == null ? null : indemnity.currencyCode(),
        terms.britishFixed());
  }

  @PutMapping("/creditors/{code}/charge-terms")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void agree(@PathVariable String code, @RequestBody TermsView terms, Principal principal) {
    Creditor creditor = named.creditor(code);
    Actor actor = Actor.user(principal.getName());
    BigDecimal indemnity = terms.indemnity();
    String currency = terms.indemnityCurrency();
    charges.agree(
        creditor,
        new ChargeTerms(
            Regime.of(String.valueOf(terms.regime())),
            terms.contractPercent(),
            indemnity == null
                ? null
                : Money.of(indemnity, currency == null ? creditor.currency() : currency),
            !Boolean.FALSE.equals(terms.britishFixed())),
        actor);
    audit.record(actor, "change-charge-terms", "creditor " + code, terms.toString());
  }

  @PutMapping("/customers/{number}/insolvency")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void insolvent(
      @PathVariable String number, @RequestBody Insolvency insolvency, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (insolvencies.opened(
        named.payer(number).id(), insolvency.since(), insolvency.note(), actor)) {
      audit.record(
          actor, "insolvency", "customer " + number, insolvency.since() + ": " + insolvency.note());
    }
  }

  @DeleteMapping("/customers/{number}/insolvency")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void solvent(@PathVariable String number, Principal principal) {
    Actor actor = Actor.user(principal.getName());
    if (!insolvencies.ended(named.payer(number).id(), actor)) {
      throw new Problems.NotFound("No insolvency of customer " + number + " is known");
    }
    audit.record(actor, "end-insolvency", "customer " + number, null);
  }
}
