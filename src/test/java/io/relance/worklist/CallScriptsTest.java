package io.relance.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relance.engine.DecisionFailed;
import io.relance.engine.Decisions;
import io.relance.engine.TestDecisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** call-script.dmn as it ships: what is said follows the payer, and the law of their country. */
class CallScriptsTest {

  private static final CallScripts.Names NAMES =
      new CallScripts.Names("Bakery Lef\u00e8vre", "Atelier Moreau", "EUR 1,200.00");

  private final CallScripts shipped = scripts(TestDecisions.shipped());

  private String type = "Task_CallPayer";
  private String band = "B";
  private int daysOverdue = 8;
  private String segment = "";
  private String country = "FR";
  private String promise = "none";

  @Test
  void whoUsuallyPaysIsAskedWhetherTheInvoicesArrived() {
    assertThat(said("callScript"))
        .first()
        .asString()
        .contains("EUR 1,200.00", "Did they reach you?")
        .doesNotContain("{");
    daysOverdue = 75;
    assertThat(said("callScript")).first().asString().contains("75 days", "this week");
  }

  @Test
  void aBrokenPromiseIsSpokenOfFirst() {
    promise = "broken";
    assertThat(said("callScript")).first().asString().contains("You had promised a payment");
    promise = "due";
    assertThat(said("callScript")).first().asString().contains("is it on its way?");
  }

  /** Each call says who calls, and to whom; what the law adds depends on country and payer. */
  @Test
  void theLawHasItsOwnLines() {
    assertThat(said("mustSay"))
        .hasSize(3)
        .satisfies(
            lines -> assertThat(lines.getFirst()).contains("speak with Bakery Lef\u00e8vre"),
            lines -> assertThat(lines.get(1)).contains("speak for Atelier Moreau"),
            lines -> assertThat(lines.get(2)).contains("EUR 40"));
    segment = "consumer";
    assertThat(said("mustSay")).last().asString().contains("no costs of recovery");
    for (String elsewhere : List.of("DE", "BE", "NL", "GB")) {
      country = elsewhere;
      assertThat(said("mustSay")).as(elsewhere).hasSize(3);
    }
    country = "ES";
    assertThat(said("mustSay")).hasSize(2);
  }

  @Test
  void threatsAreOnlyWhatWillHappen() {
    band = "E";
    daysOverdue = 61;
    assertThat(said("mustSay")).last().asString().contains("Announce only what will happen");
    assertThat(said("ifAsked")).anyMatch(line -> line.contains("a manager decides"));
  }

  @Test
  void aReaderOfFrenchReadsFrench() {
    assertThat(lines(Locale.FRENCH).get("callScript"))
        .first()
        .asString()
        .startsWith("Nos factures");
  }

  /** Whatever is asked of it, it has something to say, and fills in all that it names. */
  @Test
  void everyPayerHasAScriptInBothLanguages() {
    for (String eachBand : List.of("A", "B", "C", "D", "E")) {
      for (int eachDay : new int[] {0, 1, 14, 15, 60, 61, 400}) {
        for (String eachPromise : List.of("none", "open", "due", "broken")) {
          for (String eachSegment : List.of("", "consumer", "public", "key-account")) {
            band = eachBand;
            daysOverdue = eachDay;
            promise = eachPromise;
            segment = eachSegment;
            Stream.of(Locale.ENGLISH, Locale.FRENCH)
                .forEach(
                    locale ->
                        assertThat(lines(locale))
                            .as("%s %d %s %s", eachBand, eachDay, eachPromise, eachSegment)
                            .containsOnlyKeys("mustSay", "callScript", "ifAsked")
                            .allSatisfy(
                                (part, lines) ->
                                    assertThat(String.join("", lines)).doesNotContain("{", "}")));
          }
        }
      }
    }
  }

  @Test
  void aRowWithAnUnknownPartIsTold() throws IOException {
    String xml =
        Files.readString(Path.of("bpmn/call-script.dmn"))
            .replace("<text>\"must-say\"</text>", "<text>\"shout\"</text>");
    assertThatThrownBy(
            () -> scripts(TestDecisions.deployed(xml)).lines(facts(), NAMES, Locale.ENGLISH))
        .isInstanceOf(DecisionFailed.class)
        .hasMessageContaining("must-say, say, if-asked");
  }

  private List<String> said(String part) {
    return lines(Locale.ENGLISH).getOrDefault(part, List.of());
  }

  private Map<String, List<String>> lines(Locale locale) {
    return shipped.lines(facts(), NAMES, locale);
  }

  @SuppressWarnings("NullAway") // reading the facts of a task is for the stories
  private static CallScripts scripts(Decisions decisions) {
    return new CallScripts(decisions, null, InstantSource.system());
  }

  private RoutingFacts facts() {
    return new RoutingFacts(
        type, "agents", "standard", band, daysOverdue, segment, country, promise, 0, 0, false);
  }
}
