/** Figures for managers and designers: what the models do, and what it brings. Reads all rooms. */
@ApplicationModule(
    displayName = "Analytics",
    allowedDependencies = {"kernel", "engine", "ledger", "scoring", "casework", "access"})
@NullMarked
package io.relance.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
