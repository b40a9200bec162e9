/**
 * What a payer's past says of them: a score with its reasons, and when an invoice is likely to be
 * paid. From facts only, each as it was known on its day.
 */
@ApplicationModule(
    displayName = "Scoring",
    allowedDependencies = {"kernel", "engine", "ledger"})
@NullMarked
package io.relance.scoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
