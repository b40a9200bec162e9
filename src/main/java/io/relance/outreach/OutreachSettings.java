package io.relance.outreach;

import io.relance.outreach.permission.Channel;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code relance.outreach.*}.
 *
 * @param gather how long a payer's first request waits for others of the same moment
 * @param wakeUpTimeToLive how long the engine keeps the word that a notice is wanted while the
 *     payer's last one is under way
 * @param statementCovers how long after a statement of account none is sent about an invoice that
 *     it listed
 * @param caught channels without a provider whose messages are kept and shown, and do not leave:
 *     {@code sms}, {@code whatsapp}
 */
@ConfigurationProperties("relance.outreach")
public record OutreachSettings(
    @DefaultValue("5s") Duration gather,
    @DefaultValue("2d") Duration wakeUpTimeToLive,
    @DefaultValue("6d") Duration statementCovers,
    @DefaultValue Set<Channel> caught) {}
