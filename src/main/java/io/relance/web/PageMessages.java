package io.relance.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The texts of the pages: each bundle in the folder {@code i18n} is found by itself. A name with an
 * underline and a language is a translation; the one without is English.
 */
@Configuration(proxyBeanMethods = false)
class PageMessages {

  @Bean
  static ResourceBundleMessageSource messageSource() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasenames(basenames());
    messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
    messages.setFallbackToSystemLocale(false);
    // one rule for all texts, with parameters or without: an apostrophe is typographic
    messages.setAlwaysUseMessageFormat(true);
    return messages;
  }

  private static String[] basenames() {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver().getResources("classpath*:i18n/*.properties");
      return Arrays.stream(found)
          .map(Resource::getFilename)
          .filter(Objects::nonNull)
          .map(name -> name.substring(0, name.length() - ".properties".length()))
          .filter(name -> !name.contains("_"))
          .distinct()
          .sorted()
          .map(name -> "i18n/" + name)
          .toArray(String[]::new);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
