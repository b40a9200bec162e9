/**
 * What is owed: creditors, payers and their contacts, invoices, credit notes, open amounts, and the
 * import of ledger files. Publishes {@link io.relance.ledger.InvoiceSettled} and {@link
 * io.relance.ledger.OpenAmountChanged} in the transaction of the change.
 */
@ApplicationModule(
    displayName = "Ledger",
    allowedDependencies = {"kernel"})
@NullMarked
package io.relance.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
