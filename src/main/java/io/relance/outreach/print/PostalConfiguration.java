package io.relance.outreach.print;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who posts letters, as it is set up. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostalSettings.class)
class PostalConfiguration {

  @Bean
  @ConditionalOnExpression("'${relance.post.provider:none}' != 'none'")
  PostalProvider postalProvider(PostalSettings settings) {
    if (!settings.provider().equals(FolderPostalProvider.WORD)) {
      throw new IllegalArgumentException(
          "relance.post.provider can be none or folder, not '" + settings.provider() + "'");
    }
    if (settings.folder() == null) {
      throw new IllegalArgumentException(
          "relance.post.folder is missing: the folder that the print house fetches letters from");
    }
    return new FolderPostalProvider(settings.folder());
  }
}
