/** Payers in difficulty: collection stands still until a person has decided how to go on. */
@NullMarked
package io.relance.casework.difficulties;

import org.jspecify.annotations.NullMarked;
