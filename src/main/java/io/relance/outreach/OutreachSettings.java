package io.relance.outreach;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code relance.outreach.*}.
 *
 * @param gather how long a payer's first request waits for others of the same moment
 * @param wakeUpTimeToLive how long the engine keeps the word that a notice is wanted while the
 *     payer's last one is under way
 */
@ConfigurationProperties("relance.outreach")
public record OutreachSettings(
    @DefaultValue("5s") Duration gather, @DefaultValue("2d") Duration wakeUpTimeToLive) {}
