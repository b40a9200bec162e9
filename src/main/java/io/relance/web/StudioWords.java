package io.relance.web;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The texts of the studio that its scripts show, in the reader's language. */
@Component
class StudioWords {

  private static final String BUNDLE = "i18n.studio";

  private final MessageSource messages;
  private final JsonMapper json;

  StudioWords(MessageSource messages, JsonMapper json) {
    this.messages = messages;
    this.json = json;
  }

  String text(Locale locale, String key, Object... parameters) {
    return messages.getMessage(key, parameters, locale);
  }

  /** For a script in the page: parameters stand in it as {@code {0}}. */
  String json(Locale locale) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Map<String, String> words = new TreeMap<>();
    bundle.keySet().stream()
        .filter(key -> key.matches("studio\\.(edit|lint|compare)\\..*"))
        .forEach(key -> words.put(key, bundle.getString(key)));
    return TaskPages.forScript(json.writeValueAsString(words));
  }
}
