package io.relance.ledger;

/**
 * An invoice was given up without payment. Published in the transaction that does it.
 *
 * @param outcome {@code written-off} or {@code handed-over}
 */
public record InvoiceConcluded(long invoiceId, long payerId, String outcome) {}
