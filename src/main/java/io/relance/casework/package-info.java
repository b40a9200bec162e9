/**
 * What the models do: cases, their start and coverage, steps, promises, the timeline, and the
 * workers of {@code invoice-collection}. Plans, disputes and handover have their room here.
 */
@ApplicationModule(
    displayName = "Casework",
    allowedDependencies = {
      "kernel",
      "engine",
      "ledger",
      "cash",
      "scoring",
      "outreach",
      "outreach :: permission"
    })
@NullMarked
package io.relance.casework;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
