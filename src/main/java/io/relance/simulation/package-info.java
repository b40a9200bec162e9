/**
 * The demo and the tests: a clock that can be moved, a past that is replayed, a ledger that is made
 * up. Off in production.
 */
@ApplicationModule(
    displayName = "Simulation",
    allowedDependencies = {"kernel", "platform", "engine", "ledger", "ledger :: csv", "casework"})
@NullMarked
package io.relance.simulation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
