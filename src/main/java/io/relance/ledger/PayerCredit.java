package io.relance.ledger;

import io.relance.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a payer's credit, as somebody entered it.
 *
 * @param limit up to how much we let them owe us
 * @param cover what a credit insurer answers for
 * @param coverUntil the last day on which they do
 * @param rating in the words of the agency that gave it
 */
public record PayerCredit(
    String currency,
    @Nullable Money limit,
    @Nullable Money cover,
    @Nullable String insurer,
    @Nullable LocalDate coverUntil,
    @Nullable String rating,
    @Nullable String ratingSource,
    @Nullable LocalDate ratedOn,
    @Nullable String note,
    String actor,
    Instant notedAt) {}
