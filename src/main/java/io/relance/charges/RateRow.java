package io.relance.charges;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A rate as it was published.
 *
 * @param halfYear the 1 January or 1 July from which it holds
 * @param percent a year
 * @param source where it was published
 * @param actor who entered it
 */
public record RateRow(
    RateSeries series,
    LocalDate halfYear,
    BigDecimal percent,
    String source,
    String actor,
    Instant notedAt) {}
