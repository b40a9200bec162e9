package io.relance.ledger;

import java.time.LocalDate;

/** Nothing is open on this invoice any more. Published in the transaction that settled it. */
public record InvoiceSettled(
    long invoiceId, long payerId, String number, LocalDate on, String how) {}
