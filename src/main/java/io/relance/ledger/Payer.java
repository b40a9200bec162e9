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
 * @param language ISO 639-1, the one they are written to in
 * @param einvoiceSince the day from which their invoices are sent electronically
 */
@Table("payer")
public record Payer(
    @Id long id,
    long creditorId,
    String number,
    String name,
    @Nullable String country,
    @Nullable String language,
    @Nullable String segment,
    @Nullable LocalDate customerSince,
    @Nullable LocalDate einvoiceSince,
    @Nullable String email,
    @Nullable String phone,
    Instant createdAt,
    Instant updatedAt) {}
