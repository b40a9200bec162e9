package io.relance.outreach;

import java.time.Instant;

/**
 * What was asked to be said of an invoice was not said, because something stood against it when it
 * was to go: a hold, a promise, a dispute. Published in the transaction that records it.
 *
 * @param requestedAt when it was asked for
 */
public record RequestDropped(long invoiceId, Instant requestedAt) {}
