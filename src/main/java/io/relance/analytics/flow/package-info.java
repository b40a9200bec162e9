/** What the elements of the models did, how long it took, and what came of it. */
@NamedInterface("flow")
@NullMarked
package io.relance.analytics.flow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
