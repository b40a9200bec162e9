/**
 * The last road of an invoice: formal notice, a manager's decision, evidence, and whoever takes it.
 */
@NamedInterface("handovers")
@NullMarked
package io.relance.casework.handovers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
