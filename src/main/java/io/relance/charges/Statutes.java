package io.relance.charges;

import io.relance.kernel.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What the laws say of the rate and of the indemnity. Each figure is quoted with its source. */
final class Statutes {

  private static final BigDecimal EIGHT = BigDecimal.valueOf(8);
  private static final BigDecimal NINE = BigDecimal.valueOf(9);
  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final Money FORTY_EURO = Money.of("40.00", "EUR");

  private Statutes() {}

  /** Which rate holds; null if late payments bear none. */
  static @Nullable InterestRule interest(ChargeTerms terms, boolean publicBuyer) {
    BigDecimal agreed = terms.contractPercent();
    return switch (terms.regime()) {
      // L441-10 II; public buyers: code de la commande publique, article R2192-31
      case FRANCE ->
          publicBuyer
              ? new InterestRule.Statutory(RateSeries.ECB_REFINANCING, EIGHT, true)
              : agreed == null
                  ? new InterestRule.Statutory(RateSeries.ECB_REFINANCING, TEN, false)
                  : new InterestRule.FrenchContract(agreed);
      // § 288 (2) BGB
      case GERMANY ->
          agreed == null
              ? new InterestRule.Statutory(RateSeries.GERMAN_BASE, NINE, false)
              : new InterestRule.Contract(agreed);
      // articles 2 (6) and 3 (3)
      case EUROPEAN_UNION ->
          agreed == null
              ? new InterestRule.Statutory(RateSeries.ECB_REFINANCING, EIGHT, false)
              : new InterestRule.Contract(agreed);
      // section 6 of the Act; SI 2002/1675, article 4
      case UNITED_KINGDOM ->
          agreed == null
              ? new InterestRule.Statutory(RateSeries.BANK_RATE, EIGHT, terms.britishFixed())
              : new InterestRule.Contract(agreed);
      case CONTRACT -> agreed == null ? null : new InterestRule.Contract(agreed);
      case NONE -> null;
    };
  }

  /** For the recovery costs of one late invoice; null if there is none. */
  static @Nullable Money indemnity(ChargeTerms terms, Money debt) {
    Money agreed = terms.indemnity();
    if (agreed != null) {
      return agreed.isPositive() && terms.regime() != Regime.NONE ? agreed : null;
    }
    return switch (terms.regime()) {
      // D441-5; § 288 (5) BGB; article 6 of the directive
      case FRANCE, GERMANY, EUROPEAN_UNION -> FORTY_EURO;
      case UNITED_KINGDOM -> british(debt);
      case CONTRACT, NONE -> null;
    };
  }

  /** The articles that these terms rest on, quoted alike in all languages; empty for a contract. */
  static String law(ChargeTerms terms, boolean publicBuyer) {
    boolean agreedIndemnity = terms.indemnity() != null;
    return switch (terms.regime()) {
      case FRANCE ->
          publicBuyer
              ? "code de la commande publique, art. R2192-31"
                  + (agreedIndemnity ? "" : ", D2192-35")
              : "code de commerce, art. L441-10 II" + (agreedIndemnity ? "" : ", D441-5");
      case GERMANY -> "§ 288 BGB";
      case EUROPEAN_UNION -> "2011/7/EU, art. 3" + (agreedIndemnity ? "" : ", 6");
      case UNITED_KINGDOM -> "Late Payment of Commercial Debts (Interest) Act 1998";
      case CONTRACT, NONE -> "";
    };
  }

  /**
   * Section 5A of the Act: GBP 40, from GBP 1,000 on 70, from GBP 10,000 on 100. Debts in other
   * currencies, which the section does not name, bear the least.
   */
  private static Money british(Money debt) {
    boolean pounds = debt.currencyCode().equals("GBP");
    String amount =
        !pounds || debt.amount().compareTo(BigDecimal.valueOf(1_000)) < 0
            ? "40.00"
            : debt.amount().compareTo(BigDecimal.valueOf(10_000)) < 0 ? "70.00" : "100.00";
    return Money.of(amount, "GBP");
  }
}
