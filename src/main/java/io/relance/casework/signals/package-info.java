/** What becomes of warning signals: for the file, or looked into by a person. */
@NullMarked
package io.relance.casework.signals;

import org.jspecify.annotations.NullMarked;
