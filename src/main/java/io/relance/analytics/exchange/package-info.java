/** Exchange rates with their day and source, and what an amount is in the group's currency. */
@NamedInterface("exchange")
@NullMarked
package io.relance.analytics.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
