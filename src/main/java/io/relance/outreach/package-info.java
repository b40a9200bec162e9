/**
 * Messages to payers: what is asked for, gathered into one notice a payer a day, checked against
 * the facts once more, sent, and recorded. The channels of later work (SMS, WhatsApp, letters) have
 * their room here.
 */
@ApplicationModule(
    displayName = "Outreach",
    allowedDependencies = {"kernel", "platform", "engine", "ledger", "charges"})
@NullMarked
package io.relance.outreach;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
