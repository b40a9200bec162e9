/**
 * The HTTP API and the pages: thin, one class a resource, over the public API of the modules.
 * Nothing depends on it.
 */
@ApplicationModule(
    displayName = "Web",
    allowedDependencies = {
      "kernel",
      "platform",
      "engine",
      "ledger",
      "ledger :: csv",
      "cash",
      "charges",
      "scoring",
      "outreach",
      "outreach :: permission",
      "outreach :: templates",
      "outreach :: twilio",
      "outreach :: print",
      "casework",
      "casework :: acts",
      "casework :: calls",
      "casework :: disputes",
      "casework :: handovers",
      "casework :: plans",
      "designer",
      "worklist",
      "analytics",
      "access",
      "simulation",
      "analytics :: flow",
      "designer :: running",
      "analytics :: exchange",
      "analytics :: forecast",
      "analytics :: weekly"
    })
@NullMarked
package io.relance.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
