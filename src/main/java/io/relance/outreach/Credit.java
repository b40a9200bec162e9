package io.relance.outreach;

import io.relance.kernel.Money;
import java.time.LocalDate;

/**
 * What a payer has with us, and what is asked for is less by.
 *
 * @param number of a credit note; empty for a payment that no invoice is found for
 * @param amount positive
 */
record Credit(String number, LocalDate day, Money amount) {}
