package io.relance.kernel;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one place where the system's clock is read. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

  @Bean
  AdjustableClock clock() {
    return new AdjustableClock(InstantSource.system());
  }
}
