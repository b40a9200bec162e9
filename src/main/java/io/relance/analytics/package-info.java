/**
 * Figures for managers and designers: of the receivables, rules in plain Java, each with its
 * definition; in {@code flow}, what the models do, and what it brings. Reads what other rooms
 * write.
 */
@ApplicationModule(
    displayName = "Analytics",
    allowedDependencies = {
      "kernel",
      "engine",
      "ledger",
      "ledger :: csv",
      "scoring",
      "outreach",
      "casework",
      "access"
    })
@NullMarked
package io.relance.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
