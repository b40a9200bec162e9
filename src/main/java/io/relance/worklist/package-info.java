/** The agents' tasks: listed from the read model, claimed and completed in the engine. */
@ApplicationModule(
    displayName = "Work list",
    allowedDependencies = {
      "kernel",
      "engine",
      "ledger",
      "scoring",
      "casework",
      "casework :: plans",
      "casework :: handovers",
      "outreach",
      "outreach :: permission",
      "outreach :: print",
      "access"
    })
@NullMarked
package io.relance.worklist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
