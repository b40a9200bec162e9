package io.relance.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** What the page says on which payers end mails, from {@code unsubscribe/<language>.properties}. */
@Component
class UnsubscribeWords {

  private static final List<String> LANGUAGES = List.of("en", "fr", "de", "es", "nl");

  private final Map<String, Properties> texts = new HashMap<>();

  UnsubscribeWords() {
    LANGUAGES.forEach(language -> texts.put(language, read(language)));
  }

  private static Properties read(String language) {
    Properties text = new Properties();
    try (Reader in =
        new InputStreamReader(
            new ClassPathResource("unsubscribe/" + language + ".properties").getInputStream(),
            StandardCharsets.UTF_8)) {
      text.load(in);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In this language, or in English, of this creditor and address. */
  Map<String, String> in(String language, String creditor, String address) {
    String known = texts.containsKey(language) ? language : "en";
    Map<String, String> words = new HashMap<>();
    words.put("language", known);
    texts
        .getOrDefault(known, new Properties())
        .forEach(
            (name, text) ->
                words.put(
                    String.valueOf(name),
                    String.valueOf(text)
                        .replace("{address}", address)
                        .replace("{creditor}", creditor)));
    return words;
  }
}
