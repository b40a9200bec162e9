/** Phone calls: asked for by invoices, made by a person once a payer, recorded for all of them. */
@NamedInterface("calls")
@NullMarked
package io.relance.casework.calls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
