package io.relance.ledger;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Who owes, as one creditor knows them.
 *
 * @param number the creditor's own customer number
 * @param timeZone IANA name of the zone of their clock, if the ledger says so
 * @param language ISO 639-1, the one they are written to in
 * @param accountOwner login of who looks after a key account
 * @param postalAddress its lines, one below the other, or one line with commas
 * @param einvoiceSince the day from which their invoices are sent electronically
 * @param insolventSince the day on which the latest insolvency proceedings were opened
 * @param insolventUntil the day on which they ended; null while they run
 */
@Table("payer")
public record Payer(
    @Id long id,
    long creditorId,
    String number,
    String name,
    @Nullable String country,
    @Nullable String timeZone,
    @Nullable String language,
    @Nullable String segment,
    @Nullable String accountOwner,
    @Nullable LocalDate customerSince,
    @Nullable LocalDate einvoiceSince,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String postalAddress,
    @Nullable LocalDate insolventSince,
    @Nullable LocalDate insolventUntil,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether insolvency proceedings run. */
  public boolean isInsolvent() {
    return insolventSince != null && insolventUntil == null;
  }

  /** The same payer, written to in this language. */
  public Payer writtenToIn(String other) {
    return new Payer(
        id,
        creditorId,
        number,
        name,
        country,
        timeZone,
        other,
        segment,
        accountOwner,
        customerSince,
        einvoiceSince,
        email,
        phone,
        postalAddress,
        insolventSince,
        insolventUntil,
        createdAt,
        updatedAt);
  }
}
