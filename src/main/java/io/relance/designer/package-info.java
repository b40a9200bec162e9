/** Where models are made: the linter, drafts with their history, and releases to the engine. */
@ApplicationModule(
    displayName = "Designer",
    allowedDependencies = {"kernel", "engine", "access", "analytics :: flow"})
@NullMarked
package io.relance.designer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
