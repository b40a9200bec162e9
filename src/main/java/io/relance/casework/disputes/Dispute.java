package io.relance.casework.disputes;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A disagreement about an invoice.
 *
 * @param amount the part that is disputed; null for the whole invoice
 * @param state {@code open}, {@code justified}, {@code partly}, {@code unfounded}, {@code
 *     withdrawn} or {@code settled}
 * @param ownerGroup who settles it
 * @param deadline by when, before it goes to the managers
 */
public record Dispute(
    long id,
    long invoiceId,
    long payerId,
    String reason,
    @Nullable BigDecimal amount,
    @Nullable String note,
    String state,
    @Nullable String ownerGroup,
    @Nullable LocalDate deadline) {

  public boolean isOpen() {
    return state.equals("open");
  }
}
