/** Who may do what: users and roles, API tokens, and the audit trail. */
@ApplicationModule(
    displayName = "Access",
    allowedDependencies = {"kernel", "platform"})
@NullMarked
package io.relance.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
