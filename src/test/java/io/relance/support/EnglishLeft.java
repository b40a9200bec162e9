package io.relance.support;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds on a page in French what our bundles say in English. */
public final class EnglishLeft {

  private static final Path BUNDLES = Path.of("src/main/resources/i18n");

  /** They stand only within sentences: alone, such a word is a name, as of a user. */
  private static final String PART = "phrases.part.";

  private static final String SEEN =
      """
      hidden => {
        const texts = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
          const element = node.nodeType === 1 ? node : node.parentElement;
          if (element.closest('script,style,iframe' + hidden)) continue;
          if (node.nodeType === 3) texts.push(node.textContent);
          else for (const name of ['aria-label', 'title', 'placeholder']) if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
        }
        return texts.map((text) => text.replace(/\\s+/g, ' ').trim()).filter((text) => /\\p{L}{3}/u.test(text));
      }
      """;

  private EnglishLeft() {}

  /**
   * Texts of the page that are English ones of ours.
   *
   * @param except selectors of what is shown as it was written, such as {@code .timeline}
   */
  @SuppressWarnings("unchecked")
  public static List<String> on(Page page, String... except) {
    List<Pattern> english = patterns(false);
    List<Pattern> french = patterns(true);
    String hidden = Stream.of(except).map(each -> "," + each).reduce("", String::concat);
    return ((List<String>) page.evaluate(SEEN, hidden))
        .stream()
            .filter(text -> matches(english, text) && !matches(french, text))
            .distinct()
            .toList();
  }

  private static boolean matches(List<Pattern> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
  }

  private static List<Pattern> patterns(boolean french) {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      return files
          .filter(file -> file.toString().endsWith("_fr.properties") == french)
          .flatMap(file -> texts(file).stream())
          .map(EnglishLeft::pattern)
          .filter(pattern -> pattern.pattern().matches(".*\\p{L}{3}.*"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The text with anything in place of its parameters. */
  private static Pattern pattern(String text) {
    StringBuilder regex = new StringBuilder();
    int depth = 0;
    for (char c : text.replace('\u00a0', ' ').toCharArray()) {
      depth += c == '{' ? 1 : 0;
      if (depth == 0) {
        regex.append(Character.isLetterOrDigit(c) || c == ' ' ? "" : "\\").append(c);
      } else if (c == '}' && depth == 1) {
        regex.append(".*");
      }
      depth -= c == '}' ? 1 : 0;
    }
    return Pattern.compile(regex.toString().strip());
  }

  private static List<String> texts(Path file) {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      texts.load(reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return texts.stringPropertyNames().stream()
        .filter(key -> !key.startsWith(PART))
        .map(texts::getProperty)
        .toList();
  }
}
