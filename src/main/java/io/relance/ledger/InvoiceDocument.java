package io.relance.ledger;

import java.time.Instant;

/**
 * An invoice as its payer first received it.
 *
 * @param name of its file
 * @param content a PDF
 */
public record InvoiceDocument(String name, byte[] content, String actor, Instant storedAt) {}
