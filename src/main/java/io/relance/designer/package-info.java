/** What designers are told of their models before they are deployed. */
@ApplicationModule(
    displayName = "Designer",
    allowedDependencies = {"kernel", "engine", "access", "analytics :: flow"})
@NullMarked
package io.relance.designer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
