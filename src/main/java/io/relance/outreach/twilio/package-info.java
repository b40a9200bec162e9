/**
 * Text messages, WhatsApp messages and telephone calls by Twilio: what is sent, what Twilio says of
 * it later, and what payers answer.
 */
@NamedInterface("twilio")
@NullMarked
package io.relance.outreach.twilio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
