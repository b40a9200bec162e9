/**
 * What people do with a payer's file beside the tasks of the models: contacts, questions to
 * colleagues, files, and taking back what was done by mistake.
 */
@NamedInterface("acts")
@NullMarked
package io.relance.casework.acts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
