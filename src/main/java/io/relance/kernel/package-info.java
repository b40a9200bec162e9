/**
 * The words that every module speaks: exact money, the clock, business days. No module of ours is
 * used here.
 */
@ApplicationModule(
    displayName = "Kernel",
    type = ApplicationModule.Type.OPEN,
    allowedDependencies = {})
@NullMarked
package io.relance.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
