/**
 * What becomes of cases that run when a model has a new version: moved to it or kept, their timers
 * begun anew, and the incidents that wait for a person.
 */
@NamedInterface("running")
@NullMarked
package io.relance.designer.running;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
