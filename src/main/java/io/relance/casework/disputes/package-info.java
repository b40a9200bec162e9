/** Disputes: who settles one, by when, and what comes of it. */
@NamedInterface("disputes")
@NullMarked
package io.relance.casework.disputes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
