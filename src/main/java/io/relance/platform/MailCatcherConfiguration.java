package io.relance.platform;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mail catcher, where no SMTP server is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "relance.mail.mode", havingValue = "embedded")
class MailCatcherConfiguration {

  @Bean
  MailCatcher mailCatcher(RelanceHome home, @Value("${relance.mail.port:3025}") int port) {
    return new MailCatcher(home, port);
  }
}
