/**
 * What a late payment costs its payer: interest and the fixed indemnity for recovery costs, by
 * statute or by the creditor's contract, each with its computation. Rates are dated rows with their
 * source.
 */
@ApplicationModule(
    displayName = "Charges",
    allowedDependencies = {"kernel", "ledger"})
@NullMarked
package io.relance.charges;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
