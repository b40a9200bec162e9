/** Payment plans: proposed, agreed, followed instalment by instalment, kept or broken. */
@NamedInterface("plans")
@NullMarked
package io.relance.casework.plans;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
