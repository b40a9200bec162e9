/**
 * The words of messages: shipped as files, changed by designers, checked before they are used. They
 * are filled in by names alone; nothing in them runs.
 */
@NamedInterface("templates")
@NullMarked
package io.relance.outreach.templates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
