/**
 * The manager's figures: rules in plain Java, each with its definition, over rows that other rooms
 * write. It only reads.
 */
@ApplicationModule(
    displayName = "Analytics",
    allowedDependencies = {"kernel", "ledger", "scoring", "casework"})
@NullMarked
package io.relance.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
