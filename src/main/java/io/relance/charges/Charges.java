package io.relance.charges;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Computes what a late invoice costs its payer from the facts as they are: nothing is booked, so
 * that nothing is charged twice, and what was paid late is charged after its principal was paid,
 * too.
 */
@Component
public class Charges {

  private static final BigDecimal PERCENT_MIN = BigDecimal.valueOf(-5);
  private static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(100);

  private final ChargeStore store;
  private final Creditors creditors;
  private final Payers payers;
  private final InstantSource clock;

  Charges(ChargeStore store, Creditors creditors, Payers payers, InstantSource clock) {
    this.store = store;
    this.creditors = creditors;
    this.payers = payers;
    this.clock = clock;
  }

  /** What may be claimed on top of an invoice as of a day. */
  public InvoiceCharges of(Invoice invoice, LocalDate asOf) {
    Payer payer = payers.findById(invoice.payerId()).orElseThrow();
    ChargeTerms terms = termsOf(creditors.findById(invoice.creditorId()).orElseThrow());
    String against = reasonAgainst(invoice, payer, terms, asOf);
    if (against != null) {
      return InvoiceCharges.nothing(asOf, terms.regime(), against);
    }
    Principal principal = principalOf(invoice);
    if (!principal.on(invoice.dueDate().plusDays(1)).isPositive()) {
      return InvoiceCharges.nothing(asOf, terms.regime(), "it was paid in time");
    }
    ChargeStore.Waiver waiver = store.waiverOf(invoice.id());
    if (waiver != null) {
      return new InvoiceCharges(
          asOf, terms.regime(), terms.regime().law(), null, null, waiver.reason(), waiver.actor());
    }
    return charged(invoice, payer, terms, principal, asOf);
  }

  private InvoiceCharges charged(
      Invoice invoice, Payer payer, ChargeTerms terms, Principal principal, LocalDate asOf) {
    LocalDate insolvent = payer.insolventSince();
    LocalDate until = insolvent == null || insolvent.isAfter(asOf) ? asOf : insolvent.minusDays(1);
    InterestRule rule = Statutes.interest(terms, Segments.isPublic(payer));
    String none = until.isBefore(asOf) ? "interest ends with the insolvency of " + insolvent : null;
    LateInterest interest = null;
    try {
      interest =
          rule == null ? null : LateInterest.of(principal, invoice.dueDate(), until, rule, rates());
    } catch (RateUnknown missing) {
      none = missing.getMessage();
    }
    return new InvoiceCharges(
        asOf,
        terms.regime(),
        terms.regime().law(),
        interest,
        Statutes.indemnity(terms, principal.original()),
        none,
        null);
  }

  private static @Nullable String reasonAgainst(
      Invoice invoice, Payer payer, ChargeTerms terms, LocalDate asOf) {
    if (invoice.isCreditNote()) {
      return "it is a credit note";
    }
    if (terms.regime() == Regime.NONE) {
      return "the creditor charges nothing for late payments";
    }
    if (!invoice.dueDate().isBefore(asOf)) {
      return "it is not late";
    }
    if (Segments.isConsumer(payer)) {
      return "recovery costs stay with the creditor where the payer is a consumer"
          + " (code des procédures civiles d'exécution, article L111-8)";
    }
    LocalDate insolvent = payer.insolventSince();
    if (insolvent != null && !insolvent.isAfter(invoice.dueDate())) {
      return "the payer was insolvent from " + insolvent + " on and must not pay it on its due day";
    }
    if (invoice.disputed()) {
      return "nothing is charged while it is disputed";
    }
    return null;
  }

  /**
   * What was owed on each day. What was paid before the ledger came to us has no day: it is taken
   * off from the beginning, and so is what is disputed of it.
   */
  private Principal principalOf(Invoice invoice) {
    List<ChargeStore.Allocated> allocations = store.allocationsOf(invoice.id());
    Money allocated =
        allocations.stream()
            .map(ChargeStore.Allocated::amount)
            .reduce(Money.zero(invoice.open().currency()), Money::plus);
    Money unexplained = invoice.total().minus(invoice.open()).minus(allocated);
    Money original = invoice.total();
    LocalDate settledOn = invoice.settledOn();
    boolean paidBeforehand = settledOn != null && allocations.isEmpty();
    if (!paidBeforehand && unexplained.isPositive()) {
      original = original.minus(unexplained);
    }
    if (invoice.disputedAmount() != null) {
      original =
          original.minus(
              Money.of(invoice.disputedAmount().stripTrailingZeros(), invoice.currency()));
    }
    for (ChargeStore.Allocated credit : allocations) {
      if (credit.isCredit()) {
        original = original.minus(credit.amount());
      }
    }
    Principal principal = Principal.of(original);
    if (paidBeforehand && settledOn != null) {
      return principal.paid(settledOn, original);
    }
    for (ChargeStore.Allocated paid : allocations) {
      if (!paid.isCredit()) {
        principal = principal.paid(paid.on(), paid.amount());
      }
    }
    return principal;
  }

  public ChargeTerms termsOf(Creditor creditor) {
    return store.terms(creditor.key()).orElseGet(() -> ChargeTerms.statutory(creditor));
  }

  @Transactional
  public void agree(Creditor creditor, ChargeTerms terms, Actor actor) {
    store.keep(creditor.key(), terms, actor, clock.instant());
  }

  /** The rates as they were entered, the newest first in each series. */
  public List<RateRow> rateRows() {
    return store.rates();
  }

  private ReferenceRates rates() {
    ReferenceRates rates = new ReferenceRates();
    store.rates().forEach(row -> rates.with(row.series(), row.halfYear(), row.percent()));
    return rates;
  }

  /**
   * Enters a rate, or corrects it.
   *
   * @throws IllegalArgumentException if the day begins no half-year, the rate cannot be meant, or
   *     its source is missing
   */
  @Transactional
  public void enter(
      RateSeries series,
      LocalDate halfYear,
      @Nullable BigDecimal percent,
      @Nullable String source,
      Actor actor) {
    if (!ReferenceRates.halfYearOf(halfYear).equals(halfYear)) {
      throw new IllegalArgumentException(
          "from is " + halfYear + ": a rate holds from a 1 January or a 1 July on");
    }
    if (percent == null
        || percent.compareTo(PERCENT_MIN) < 0
        || percent.compareTo(PERCENT_MAX) > 0
        || percent.stripTrailingZeros().scale() > 4) {
      throw new IllegalArgumentException(
          "percent is "
              + percent
              + ": it is a yearly rate between -5 and 100, with four decimals at the most");
    }
    if (source == null || source.isBlank() || source.length() > 300) {
      throw new IllegalArgumentException(
          "source is missing: where it was published, in 300 characters at the most");
    }
    store.keep(
        new RateRow(series, halfYear, percent, source.strip(), actor.name(), clock.instant()));
  }

  /**
   * Does without the charges of an invoice.
   *
   * @throws IllegalArgumentException if it is not said why
   */
  @Transactional
  public void waive(Invoice invoice, @Nullable String reason, Actor actor) {
    if (reason == null || reason.isBlank() || reason.length() > 300) {
      throw new IllegalArgumentException(
          "reason is missing: why nothing is charged, in 300 characters at the most");
    }
    store.waive(invoice.id(), reason.strip(), actor, clock.instant());
  }

  /** Charges it again; false if nobody did without it. */
  @Transactional
  public boolean claimAgain(Invoice invoice) {
    return store.claimAgain(invoice.id());
  }
}
