package io.relance.charges;

import io.relance.kernel.Money;
import io.relance.ledger.Creditor;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * By what a creditor charges late payments.
 *
 * @param contractPercent the yearly rate that was agreed; null for the statute's
 * @param indemnity what was agreed for recovery costs, an invoice; null for the statute's
 * @param britishFixed whether British statutory interest keeps the rate of the half-year in which
 *     the delay began (SI 2002/1675, article 4, read as it stands, and the default), instead of
 *     following each half-year
 */
public record ChargeTerms(
    Regime regime,
    @Nullable BigDecimal contractPercent,
    @Nullable Money indemnity,
    boolean britishFixed) {

  private static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(100);

  /**
   * @throws IllegalArgumentException if a rate or an amount cannot be meant
   */
  public ChargeTerms {
    if (contractPercent != null
        && (contractPercent.signum() < 0
            || contractPercent.compareTo(PERCENT_MAX) > 0
            || contractPercent.stripTrailingZeros().scale() > 4)) {
      throw new IllegalArgumentException(
          "contractPercent is "
              + contractPercent
              + ": it is a yearly rate between 0 and 100, with four decimals at the most");
    }
    if (indemnity != null && indemnity.isNegative()) {
      throw new IllegalArgumentException("indemnity is " + indemnity + ": it cannot be negative");
    }
    if (regime == Regime.CONTRACT && contractPercent == null && indemnity == null) {
      throw new IllegalArgumentException(
          "regime is contract: contractPercent or indemnity says what was agreed");
    }
  }

  /** The statute of the creditor's country. */
  static ChargeTerms statutory(Creditor creditor) {
    return new ChargeTerms(Regime.ofCountry(creditor.country()), null, null, true);
  }
}
