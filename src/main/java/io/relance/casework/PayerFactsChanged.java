package io.relance.casework;

/**
 * A payment, a hold, a dispute or a promise: what is asked of a payer may be needless now.
 * Published in the transaction that changes it.
 *
 * @param payerId whose facts changed
 */
public record PayerFactsChanged(long payerId) {}
