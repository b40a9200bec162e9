/** Money that came in: bank files, payments, and which invoices they settle. */
@ApplicationModule(
    displayName = "Cash",
    allowedDependencies = {"kernel", "ledger", "ledger :: csv"})
@NullMarked
package io.relance.cash;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
