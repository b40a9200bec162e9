package io.relance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.worklist.BulkTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sentences of our records in the reader's language")
class PhrasesTest {

  private static final Path MODELS = Path.of("bpmn");
  private final Phrases phrases = new Phrases(PageMessages.messageSource());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Collection started; overdue since 2026-05-27|Recouvrement d\u00e9marr\u00e9 ; \u00e9chue depuis le 27 mai 2026",
        "Call: no answer|Appel : pas de r\u00e9ponse",
        "Call: promised to pay (Short of cash): rang twice|Appel : promet de payer (Manque de tr\u00e9sorerie) : rang twice",
        "E-mail (firm) to a@b.example: Invoice 12: a reminder|E-mail (ferme) \u00e0 a@b.example : Invoice 12: a reminder",
        "Promised 1,200.50 EUR by 2026-06-05|A promis 1\u202f200,50 EUR au plus tard le 5 juin 2026",
        "No reminder while: a promise to pay runs. Looked at again on 2026-06-05|Pas de relance tant que : une promesse de paiement est en cours. R\u00e9examin\u00e9 le 5 juin 2026",
        "Dispute opened (price) over all of it: too much|Litige ouvert (price) sur la totalit\u00e9 : too much",
        "'Call payer' postponed until 2026-06-05: away|\u00ab Appeler le payeur \u00bb report\u00e9e au 5 juin 2026 : away",
        "Task 12 is for agents or managers|La t\u00e2che 12 est r\u00e9serv\u00e9e aux agents ou responsables",
        "The engine's answer about task 7 was lost. Look at the task again in a minute: it may be done|La r\u00e9ponse du moteur au sujet de la t\u00e2che 7 s\u2019est perdue. Regardez de nouveau la t\u00e2che dans une minute : elle est peut-\u00eatre faite",
        "Asked for, by sms, about A-1, A-2; it goes from 6 Feb 09:00 on: enough for one day.|Demand\u00e9, par SMS, au sujet de A-1, A-2 ; il partira \u00e0 partir du 6 f\u00e9vr. 09:00 : assez pour aujourd\u2019hui.",
      })
  void areSaidInFrench(String english, String french) {
    assertThat(phrases.in(Locale.FRANCE, english).replaceAll("[\u00a0]", " ")).isEqualTo(french);
    assertThat(phrases.in(Locale.UK, english)).isEqualTo(english);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rang at 10:30: ask for Ann",
        "call, then write",
        "email",
        "Lyon (Part-Dieu)",
        "",
        "They pay {0} on Monday"
      })
  void whatAPersonWroteStaysAsItIs(String text) {
    assertThat(phrases.in(Locale.FRANCE, text)).isEqualTo(text);
  }

  @Test
  void thoseOfTheDecisionsThatAgentsReadAreAllKnown() {
    String routing = text(MODELS.resolve("task-routing.dmn"));
    String percent = found("(?s)<decision id=\"taskPercent\".*?</decision>", routing).getFirst();
    List<String> said = new ArrayList<>();
    said.addAll(found("(?s)<rule .*?<description>(.*?)</description>", percent));
    said.addAll(
        found(
            "(?s)<rule .*?<description>(.*?)</description>",
            text(MODELS.resolve("payer-band.dmn"))));
    String permission = text(MODELS.resolve("contact-permission.dmn"));
    found("_Reason\"><text>(.*?)</text>", permission)
        .forEach(
            entry ->
                found("(?:^|then |else )\"([^\"]+)\"", entry.replace("&quot;", "\""))
                    .forEach(said::add));
    assertThat(said).hasSizeGreaterThan(40);
    assertThat(said.stream().map(words -> words.replaceAll("\\{\\w+}", "7")).toList())
        .allSatisfy(
            words -> assertThat(phrases.in(Locale.FRANCE, words)).as(words).isNotEqualTo(words));
  }

  /** What payers and agents write may look like a day or an amount, and be none. */
  @ParameterizedTest
  @ValueSource(
      strings = {"5 Mai 14:00", "12 Rue 10:00", "3 PDF", "12 TVA", "1.234 EUR", "2026-02-31"})
  void whatOnlyLooksLikeAValueStaysAsItIs(String typed) {
    assertThat(phrases.in(Locale.FRANCE, typed)).isEqualTo(typed);
    assertThat(phrases.in(Locale.FRANCE, "Note: " + typed)).endsWith(typed);
  }

  @Test
  void reportsOfManyTasksAreAllKnown() {
    for (String act : List.of("take", "assign", "give-back", "postpone", "wake")) {
      for (int done : List.of(0, 1, 2)) {
        for (List<BulkTasks.Problem> problems :
            List.of(List.<BulkTasks.Problem>of(), List.of(new BulkTasks.Problem(1, "x", "y")))) {
          String words = new BulkTasks.Report(act, done, problems).words();
          assertThat(phrases.in(Locale.FRANCE, words)).contains("t\u00e2che").isNotEqualTo(words);
        }
      }
    }
  }

  /** A sentence that changes in the code would be shown in English from then on. */
  @Test
  void areStillInTheCodeAsTheBundleHasThem() {
    String code = sources();
    ResourceBundle english = ResourceBundle.getBundle("i18n.phrases", Locale.ROOT);
    List<String> lost =
        english.keySet().stream()
            .filter(key -> !key.startsWith("phrases.bulk."))
            .filter(key -> !code.contains(longest(english.getString(key))))
            .map(key -> key + ": " + english.getString(key))
            .sorted()
            .toList();
    assertThat(lost).isEmpty();
  }

  private static String longest(String text) {
    return Arrays.stream(text.replace('\u2019', '\'').split("\\{\\d}|: | \\(|\\) | until| from"))
        .map(String::strip)
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static String sources() {
    return Stream.of(Path.of("src/main/java"), MODELS, Path.of("src/main/resources/db"))
        .flatMap(PhrasesTest::files)
        .map(PhrasesTest::text)
        .collect(Collectors.joining("\n"))
        .replaceAll("\"\\s*\\+\\s*\"", "")
        .replaceAll("%[sd]|%%", "%")
        .replaceAll("\\{\\w+}", "");
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().matches(".*\\.(java|dmn|sql)")).toList().stream();
    } catch (IOException unreadable) {
      throw new AssertionError(folder + " cannot be read", unreadable);
    }
  }

  private static List<String> found(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.groupCount() == 0 ? m.group() : m.group(1))
        .filter(words -> !words.isBlank())
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(file + " cannot be read", unreadable);
    }
  }
}
