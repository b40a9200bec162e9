package io.relance.outreach;

import io.relance.charges.InvoiceCharges;
import io.relance.charges.LateInterest;
import io.relance.kernel.Money;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a formal notice says of late-payment charges, as its reader writes numbers and days: only
 * what is certain, so that no rate is claimed that nobody has published yet.
 *
 * @param interest up to {@code until}; empty if none is charged
 * @param periods how it comes
 * @param indemnity for recovery costs; empty if none is charged
 * @param law the source; empty if it is the contract
 * @param sums the claim and its charges, one a currency
 */
record ChargeLines(
    String interest,
    String until,
    List<Period> periods,
    String indemnity,
    String law,
    List<Money> sums,
    List<String> totals) {

  /** Whether there is nothing on top of the claim. */
  public boolean isEmpty() {
    return interest.isEmpty() && indemnity.isEmpty();
  }

  /** Days of the same open amount at the same rate. */
  record Period(String from, String to, int days, String principal, String percent) {}

  static ChargeLines of(
      InvoiceCharges charged, Money claim, DateTimeFormatter dates, Locale locale) {
    LateInterest interest = charged.interest() == null ? null : charged.interest().certain();
    Money indemnity = charged.indemnity();
    List<Money> totals = new ArrayList<>(List.of(claim));
    if (interest != null) {
      totals.set(0, claim.plus(interest.total()));
    }
    if (indemnity != null && indemnity.currency().equals(claim.currency())) {
      totals.set(0, totals.getFirst().plus(indemnity));
    } else if (indemnity != null) {
      totals.add(indemnity);
    }
    NumberFormat percents = NumberFormat.getNumberInstance(locale);
    percents.setMinimumFractionDigits(2);
    percents.setMaximumFractionDigits(4);
    return new ChargeLines(
        interest == null || !interest.total().isPositive() ? "" : interest.total().format(locale),
        interest == null || interest.periods().isEmpty()
            ? ""
            : dates.format(interest.periods().getLast().to()),
        interest == null
            ? List.of()
            : interest.periods().stream()
                .map(
                    p ->
                        new Period(
                            dates.format(p.from()),
                            dates.format(p.to()),
                            p.days(),
                            p.principal().format(locale),
                            percents.format(p.percent())))
                .toList(),
        indemnity == null ? "" : indemnity.format(locale),
        charged.law(),
        totals,
        totals.stream().map(m -> m.format(locale)).toList());
  }
}
