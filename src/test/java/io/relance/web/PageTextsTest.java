package io.relance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every text of a page stands in a bundle, in English and in French. */
@DisplayName("The texts of the pages")
class PageTextsTest {

  private static final Path BUNDLES = Path.of("src/main/resources/i18n");
  private static final Path TEMPLATES = Path.of("src/main/resources/templates");
  private static final Path SCRIPTS = Path.of("src/main/resources/static/js");

  /** Its words come in five languages from the folder {@code unsubscribe}. */
  private static final Set<String> OTHER_BUNDLES = Set.of("unsubscribe.html");

  private static final Set<String> NAMES = Set.of("Relance");
  private static final Set<String> READ_ALOUD =
      Set.of("aria-label", "title", "placeholder", "alt", "data-busy");
  private static final Pattern KEY_USED = Pattern.compile("#\\{([A-Za-z0-9.-]+)");
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\d+)");

  /** A text in an expression which is no key, no pattern of a day and nothing to compare with. */
  private static final Pattern LITERAL = Pattern.compile("(==|!=)?\\s*'([^']*)'");

  private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|`[^`]*`");

  private static final Pattern NO_TEXT =
      Pattern.compile("(d MMM)?( yyyy)?( ?HH:mm)?|[a-z-]+(\\.[a-z-]+)+\\.?|[/?&a-zA-Z_]*=?");

  @Test
  void existInBothLanguagesUnderTheNameOfTheirBundle() {
    List<String> wrong = new ArrayList<>();
    bundles()
        .forEach(
            (name, english) -> {
              Map<String, String> french = read(BUNDLES.resolve(name + "_fr.properties"));
              if (!english.keySet().equals(french.keySet())) {
                wrong.add(name + ": only in one language: " + apart(english, french));
              }
              english.keySet().stream()
                  .filter(key -> !key.startsWith(name + "."))
                  .forEach(key -> wrong.add(name + ": the key " + key + " is of another bundle"));
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void haveTheSameParametersAndAreReadableByMessageFormat() {
    List<String> wrong = new ArrayList<>();
    bundles()
        .forEach(
            (name, english) -> {
              Map<String, String> french = read(BUNDLES.resolve(name + "_fr.properties"));
              english.forEach(
                  (key, text) -> {
                    String other = french.getOrDefault(key, text);
                    if (!parameters(text).equals(parameters(other))) {
                      wrong.add(key + ": " + parameters(text) + " and " + parameters(other));
                    }
                    for (String each : List.of(text, other)) {
                      if (each.isBlank() || each.contains("'")) {
                        wrong.add(key + " is empty, or its apostrophe is not typographic");
                      }
                      new MessageFormat(each, Locale.FRENCH).format(new Object[] {1, 2, 3, 4, 5});
                    }
                    if (other.matches(".* [:;?!\u00bb].*")) {
                      wrong.add(key + ": French wants a no-break space before a double sign");
                    }
                  });
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void areThereForEachKeyOfATemplate() {
    Set<String> known = new TreeSet<>();
    bundles().values().forEach(bundle -> known.addAll(bundle.keySet()));
    List<String> missing = new ArrayList<>();
    files(TEMPLATES, ".html")
        .forEach(
            file ->
                KEY_USED
                    .matcher(text(file))
                    .results()
                    .map(found -> found.group(1))
                    .filter(key -> !known.contains(key))
                    .forEach(key -> missing.add(file.getFileName() + ": " + key)));
    assertThat(missing).isEmpty();
  }

  @Test
  void standInNoTemplate() {
    List<String> literal = new ArrayList<>();
    files(TEMPLATES, ".html")
        .filter(file -> !OTHER_BUNDLES.contains(file.getFileName().toString()))
        .forEach(file -> literal.addAll(literals(file)));
    assertThat(literal).isEmpty();
  }

  @Test
  void standInNoScript() {
    List<String> literal = new ArrayList<>();
    files(SCRIPTS, ".js")
        .forEach(
            file ->
                QUOTED
                    .matcher(text(file).replaceAll("(?m)(^|\\s)//.*$|/\\*.*?\\*/", ""))
                    .results()
                    .map(MatchResult::group)
                    .filter(PageTextsTest::isSentence)
                    .forEach(found -> literal.add(file.getFileName() + ": " + found)));
    assertThat(literal).isEmpty();
  }

  /** Selectors of elements have blanks, too, and signs that sentences have not. */
  private static boolean isSentence(String quoted) {
    return quoted.matches(".(\\p{Lu}.*\\p{L}{2} \\p{L}{2}|.*\\p{L}{2} \\p{L}+ \\p{L}{2}).*")
        && !quoted.matches(".*[\\[\\]#>=].*");
  }

  private static List<String> literals(Path file) {
    List<String> found = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      XMLStreamReader xml = factory.createXMLStreamReader(reader);
      String element = "";
      while (xml.hasNext()) {
        int event = xml.next();
        String where = file.getFileName() + ":" + xml.getLocation().getLineNumber() + ": ";
        if (event == XMLStreamConstants.START_ELEMENT) {
          element = xml.getLocalName();
          ofAttributes(xml).forEach(text -> found.add(where + text));
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          element = "";
        } else if (event == XMLStreamConstants.CHARACTERS) {
          String text = xml.getText().replaceAll("\\[\\[.*?]]", "").strip();
          boolean key = element.equals("code") || (element.equals("kbd") && text.length() == 1);
          if (text.matches("(?s).*\\p{L}.*") && !NAMES.contains(text) && !key) {
            found.add(where + text);
          }
        }
      }
    } catch (IOException | XMLStreamException unreadable) {
      throw new AssertionError(file + " is not well-formed", unreadable);
    }
    return found;
  }

  private static List<String> ofAttributes(XMLStreamReader xml) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      boolean thymeleaf = "th".equals(xml.getAttributePrefix(i));
      String name = xml.getAttributeLocalName(i);
      String value = xml.getAttributeValue(i);
      if (!thymeleaf && READ_ALOUD.contains(name) && value.matches(".*\\p{L}.*")) {
        found.add(name + "=" + value);
      } else if (thymeleaf && (READ_ALOUD.contains(name) || name.equals("text"))) {
        ofExpression(value).forEach(text -> found.add("th:" + name + ": " + text));
      }
    }
    return found;
  }

  private static List<String> ofExpression(String value) {
    List<String> found = new ArrayList<>();
    Matcher literal = LITERAL.matcher(value);
    while (literal.find()) {
      String text = literal.group(2);
      if (literal.group(1) == null
          && text.matches(".*\\p{L}{2}.*")
          && !NO_TEXT.matcher(text).matches()
          && !text.strip().equals("\u00b7 Relance")) {
        found.add(text);
      }
    }
    return found;
  }

  private static Set<String> parameters(String text) {
    Set<String> found = new TreeSet<>();
    PARAMETER.matcher(text).results().forEach(each -> found.add(each.group(1)));
    return found;
  }

  private static Set<String> apart(Map<String, String> one, Map<String, String> other) {
    Set<String> apart = new TreeSet<>(one.keySet());
    apart.addAll(other.keySet());
    apart.removeIf(key -> one.containsKey(key) && other.containsKey(key));
    return apart;
  }

  private static Map<String, Map<String, String>> bundles() {
    Map<String, Map<String, String>> bundles = new TreeMap<>();
    files(BUNDLES, ".properties")
        .filter(file -> !file.getFileName().toString().contains("_"))
        .forEach(
            file ->
                bundles.put(file.getFileName().toString().replace(".properties", ""), read(file)));
    assertThat(bundles).isNotEmpty();
    return bundles;
  }

  private static Map<String, String> read(Path file) {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      texts.load(reader);
    } catch (IOException unreadable) {
      throw new AssertionError(file + " cannot be read", unreadable);
    }
    Map<String, String> sorted = new TreeMap<>();
    texts.stringPropertyNames().forEach(key -> sorted.put(key, texts.getProperty(key)));
    return sorted;
  }

  private static Stream<Path> files(Path folder, String end) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new AssertionError(folder + " cannot be read", unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(file + " cannot be read", unreadable);
    }
  }
}
