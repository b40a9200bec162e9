package io.relance.charges;

import io.relance.kernel.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What may be claimed on top of an invoice because it is late, and how that comes.
 *
 * @param asOf the day up to which interest is computed, if it was not paid before
 * @param law the source of both; empty if nothing is charged, or the contract is
 * @param interest null if none is charged
 * @param indemnity for recovery costs; null if none is charged
 * @param none why something is not charged, in words; null if nothing speaks against either
 * @param waivedBy who does without both; null if nobody does
 */
public record InvoiceCharges(
    LocalDate asOf,
    Regime regime,
    String law,
    @Nullable LateInterest interest,
    @Nullable Money indemnity,
    @Nullable String none,
    @Nullable String waivedBy) {

  static InvoiceCharges nothing(LocalDate asOf, Regime regime, String why) {
    return new InvoiceCharges(asOf, regime, "", null, null, why, null);
  }
}
