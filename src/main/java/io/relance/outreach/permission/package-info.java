/**
 * Whether, when and by which channel a payer may be contacted: decided by contact-permission.dmn.
 */
@NamedInterface("permission")
@NullMarked
package io.relance.outreach.permission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
