/** Phone calls: asked for by invoices, made by a person once a payer, recorded for all of them. */
@NullMarked
package io.relance.casework.calls;

import org.jspecify.annotations.NullMarked;
