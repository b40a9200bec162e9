/** The figures of a week, by mail, to the managers who want them. */
@NamedInterface("weekly")
@NullMarked
package io.relance.analytics.weekly;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
