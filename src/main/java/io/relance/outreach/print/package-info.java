/**
 * Messages on paper and as PDF: the page of a letter, its PDF, batches to be printed and posted,
 * and providers that print and post.
 */
@NamedInterface("print")
@NullMarked
package io.relance.outreach.print;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
