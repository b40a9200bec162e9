package io.relance.ledger;

import io.relance.kernel.Actor;
import io.relance.kernel.Money;

/**
 * A payment, a credit note or the ledger's own word changed what is open.
 *
 * @param kind {@code payment}, {@code credit-note} or {@code ledger}
 * @param reference makes the event the same when it is told twice
 */
public record OpenAmountChanged(
    long invoiceId,
    long payerId,
    String number,
    String kind,
    Money by,
    Money open,
    String reference,
    Actor actor) {}
