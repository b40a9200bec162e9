package io.relance.ledger;

import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Who is owed.
 *
 * @param code names it in imports and addresses
 * @param zone where its day begins, an IANA name
 * @param senderEmail the address that its messages come from
 * @param postalAddress its lines, one below the other, or one line with commas
 * @param paymentLink a page where its payers pay, an https address that may hold {@code
 *     {reference}}, {@code {amount}} and {@code {currency}}
 * @param smallAmount below this an open amount is small, in {@code currency}
 * @param largeAmount from this on it is large
 * @param monthEnd how "45 days end of month" is read in France, see {@link LegalTerms}
 */
@Table("creditor")
public record Creditor(
    @Id @Nullable Long id,
    String code,
    String name,
    String country,
    String zone,
    String currency,
    String senderName,
    String senderEmail,
    @Nullable String phone,
    @Nullable String postalAddress,
    @Nullable String iban,
    @Nullable String paymentLink,
    BigDecimal smallAmount,
    BigDecimal largeAmount,
    @Nullable BigDecimal discountPercent,
    @Nullable Integer discountDays,
    String monthEnd,
    @Version @Nullable Long version) {

  public long key() {
    if (id == null) {
      throw new IllegalStateException("creditor " + code + " is not saved yet");
    }
    return id;
  }

  /** What follows the @ of its address. */
  public String senderDomain() {
    return senderEmail.substring(senderEmail.indexOf('@') + 1);
  }

  public BusinessCalendar calendar() {
    return BusinessCalendar.of(zone, country);
  }

  /**
   * The band of an amount. Amounts in a currency other than the creditor's own are compared by
   * their bare number: only the figures know exchange rates, and a band is only a hint to the
   * strategy.
   */
  public String amountBand(Money amount) {
    if (amount.amount().compareTo(smallAmount) < 0) {
      return "small";
    }
    return amount.amount().compareTo(largeAmount) < 0 ? "standard" : "large";
  }
}
