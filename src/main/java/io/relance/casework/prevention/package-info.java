/** What is said before an invoice is due, so that it is paid on its day. */
@NamedInterface("prevention")
@NullMarked
package io.relance.casework.prevention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
