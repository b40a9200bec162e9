/** What was expected of each week, as it was said then, and how right it was. */
@NamedInterface("forecast")
@NullMarked
package io.relance.analytics.forecast;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
