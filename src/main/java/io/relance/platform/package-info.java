/**
 * What the product stands on when it brings its own parts along: the home folder, supervised child
 * processes, the embedded database, the mail catcher, ports, and what is said while starting.
 */
@ApplicationModule(
    displayName = "Platform",
    allowedDependencies = {"kernel"})
@NullMarked
package io.relance.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
