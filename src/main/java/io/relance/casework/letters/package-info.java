/**
 * Letters that are no formal notices: one a payer for all that is asked for, posted by a person.
 */
@NullMarked
package io.relance.casework.letters;

import org.jspecify.annotations.NullMarked;
