package io.relance.outreach.twilio;

import io.relance.kernel.AdjustableClock;
import io.relance.outreach.Carrier;
import io.relance.outreach.CaughtMessages;
import io.relance.outreach.Deliveries;
import io.relance.outreach.InboundMessages;
import io.relance.outreach.OutreachSettings;
import io.relance.outreach.permission.Channel;
import io.relance.platform.StartFailure;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who carries text and WhatsApp messages: Twilio where it is set up, else they are caught. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TwilioSettings.class)
class TwilioConfiguration {

  private static final Logger log = LoggerFactory.getLogger(TwilioConfiguration.class);

  @Bean
  TwilioAccount twilioAccount(
      TwilioSettings settings, @Value("${relance.public-url:}") String publicUrl) {
    URI reached = url(publicUrl);
    TwilioAccount account = new TwilioAccount(settings, reached);
    if (account.isSet() && reached == null) {
      log.warn(
          "relance.public-url is not set: Twilio cannot tell which messages arrived, nor bring the payers' answers");
    }
    return account;
  }

  private static @Nullable URI url(String publicUrl) {
    if (publicUrl.isBlank()) {
      return null;
    }
    try {
      URI url = URI.create(publicUrl.strip());
      if (url.getHost() != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // told below
    }
    throw new StartFailure(
        "relance.public-url is '" + publicUrl + "', which is no address of a web server.",
        "Write it as https://relance.example.com.");
  }

  @Bean
  Carrier textMessages(
      TwilioAccount account,
      OutreachSettings outreach,
      Deliveries deliveries,
      AdjustableClock clock) {
    return account.isSet() && account.settings().sendsTexts()
        ? new TextMessages(account, deliveries, clock)
        : new CaughtMessages(Channel.SMS, outreach.caught().contains(Channel.SMS));
  }

  @Bean
  Carrier whatsAppMessages(
      TwilioAccount account,
      OutreachSettings outreach,
      Deliveries deliveries,
      InboundMessages inbound,
      AdjustableClock clock) {
    return account.isSet() && account.settings().whatsappFrom() != null
        ? new WhatsAppMessages(account, deliveries, inbound, clock)
        : new CaughtMessages(Channel.WHATSAPP, outreach.caught().contains(Channel.WHATSAPP));
  }
}
