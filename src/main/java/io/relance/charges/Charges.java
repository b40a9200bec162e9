package io.relance.charges;

import io.relance.kernel.Actor;
import io.relance.ledger.Creditor;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import io.relance.ledger.Segments;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    Creditor creditor = creditors.findById(invoice.creditorId()).orElseThrow();
    ChargeTerms terms = termsOf(creditor);
    String against = reasonAgainst(invoice, payer, creditor, terms, asOf);
    if (against != null) {
      return InvoiceCharges.nothing(asOf, terms.regime(), against);
    }
    List<ChargeStore.Allocated> allocations = store.allocationsOf(invoice.id());
    if (invoice.isSettled() && allocations.isEmpty()) {
      return InvoiceCharges.nothing(
          asOf, terms.regime(), "it was paid before the ledger came to us");
    }
    Principal principal = Principals.of(invoice, allocations);
    if (!principal.isOwedBetween(invoice.dueDate().plusDays(1), asOf)) {
      return InvoiceCharges.nothing(asOf, terms.regime(), "it was paid in time");
    }
    ChargeStore.Waiver waiver = store.waiverOf(invoice.id());
    if (waiver != null) {
      return new InvoiceCharges(
          asOf, terms.regime(), "", null, null, waiver.reason(), waiver.actor());
    }
    return charged(invoice, payer, terms, principal, asOf);
  }

  private InvoiceCharges charged(
      Invoice invoice, Payer payer, ChargeTerms terms, Principal principal, LocalDate asOf) {
    LocalDate barred = barredFrom(invoice, payer);
    LocalDate until = barred == null || barred.isAfter(asOf) ? asOf : barred.minusDays(1);
    boolean publicBuyer = Segments.isPublic(payer.segment());
    InterestRule rule = Statutes.interest(terms, publicBuyer);
    LateInterest interest =
        rule == null ? null : LateInterest.of(principal, invoice.dueDate(), until, rule, rates());
    String none =
        until.isBefore(asOf)
            ? "interest ends with the insolvency of " + barred
            : interest == null ? null : interest.missing();
    return new InvoiceCharges(
        asOf,
        terms.regime(),
        Statutes.law(terms, publicBuyer),
        interest,
        Statutes.indemnity(terms, principal.original()),
        none,
        null);
  }

  /**
   * From when on nothing may be charged because of insolvency proceedings, which end the interest
   * of what was owed before them for good (code de commerce, article L622-28); null if nothing bars
   * it.
   */
  private static @Nullable LocalDate barredFrom(Invoice invoice, Payer payer) {
    LocalDate since = payer.insolventSince();
    return since == null || invoice.issueDate().isAfter(since) ? null : since;
  }

  private static @Nullable String reasonAgainst(
      Invoice invoice, Payer payer, Creditor creditor, ChargeTerms terms, LocalDate asOf) {
    if (invoice.isCreditNote()) {
      return "it is a credit note";
    }
    if (terms.regime() == Regime.NONE) {
      return "the creditor charges nothing for late payments";
    }
    if (!invoice.dueDate().isBefore(asOf)) {
      return "it is not late";
    }
    if (Segments.isConsumer(payer.segment())) {
      return "recovery costs stay with the creditor where the payer is a consumer"
          + (creditor.country().equals("FR")
              ? " (code des procédures civiles d'exécution, article L111-8)"
              : "");
    }
    LocalDate barred = barredFrom(invoice, payer);
    if (barred != null && !barred.isAfter(invoice.dueDate())) {
      return "the payer was insolvent from " + barred + " on and must not pay it on its due day";
    }
    if (invoice.disputed()) {
      return "nothing is charged while it is disputed";
    }
    return null;
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

  /**
   * The half-years up to this one of which nobody has entered a rate, in each series from its first
   * row on, in words.
   */
  public List<String> missingRates(LocalDate halfYear) {
    List<String> missing = new ArrayList<>();
    List<RateRow> rows = store.rates();
    for (RateSeries series : RateSeries.values()) {
      Set<LocalDate> known =
          rows.stream()
              .filter(r -> r.series() == series)
              .map(RateRow::halfYear)
              .collect(Collectors.toSet());
      LocalDate first = known.stream().min(Comparator.naturalOrder()).orElse(halfYear);
      for (LocalDate each = first; !each.isAfter(halfYear); each = each.plusMonths(6)) {
        if (!known.contains(each)) {
          missing.add(series.title() + " from " + each);
        }
      }
    }
    return missing;
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
