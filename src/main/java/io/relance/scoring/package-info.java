/**
 * What a payer's past says of them. A simple honest rule for now, behind the interface that the
 * scoring model will fill.
 */
@ApplicationModule(
    displayName = "Scoring",
    allowedDependencies = {"kernel", "ledger"})
@NullMarked
package io.relance.scoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
