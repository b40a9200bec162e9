package io.relance.casework;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The collection of one invoice.
 *
 * @param state {@code starting} (the engine was told), {@code active} (its process has taken it) or
 *     {@code closed}
 * @param processInstanceKey of the process that took it
 */
public record CollectionCase(
    long id,
    long invoiceId,
    long payerId,
    String state,
    @Nullable Long processInstanceKey,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable String closeReason,
    @Nullable Instant nextStepAt) {

  boolean isLive() {
    return !state.equals("closed");
  }
}
