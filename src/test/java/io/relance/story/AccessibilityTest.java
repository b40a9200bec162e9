package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every page by the rules of WCAG 2.2 AA that a program can check, in light and in dark. */
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class AccessibilityTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void everyPageCanBeUsedByEverybody() {
    PayerFixture called = aPayerWithoutAddress(server).owes(1, "80.00", "EUR", 5);
    PayerFixture written = aPayer(server).owes(1, "90.00", "EUR", 5);
    await().atMost(SOON).until(() -> called.openTasks().size() == 1);
    await().atMost(SOON).until(() -> written.mails().size() == 1);
    long message =
        server
            .get("/api/v1/messages?customer=" + written.number())
            .json()
            .at("/items/0/id")
            .asLong();
    List<String> wrong = new ArrayList<>();
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = browser.page();
      page.navigate(server.url() + "/login");
      wrong.addAll(faults(page, "/login"));
      browser.logIn("admin");
      for (String path :
          List.of(
              "/tasks",
              "/tasks/" + called.openTasks().get(0).path("key").asString(),
              "/invoices",
              "/invoices/" + written.invoice(1),
              "/customers/" + written.number(),
              "/messages",
              "/messages/" + message,
              "/inbox",
              "/templates",
              "/templates/en/firm/email",
              "/letters",
              "/payments",
              "/mail",
              "/imports",
              "/workload",
              "/workload/agent",
              "/figures",
              "/figures/items",
              "/absences",
              "/rates",
              "/flow/invoice-collection",
              "/flow/invoice-collection/paths",
              "/figures/rates",
              "/figures/uncovered",
              "/me",
              "/studio",
              "/studio/edit/treatment.dmn?as=text",
              "/studio/edit/treatment.dmn",
              "/studio/edit/payer-call.bpmn",
              "/studio/edit/payer-call.form",
              "/studio/history/treatment.dmn",
              "/studio/compare/treatment.dmn",
              "/studio/try/treatment.dmn",
              "/studio/deploy",
              "/studio/running",
              "/studio/running/incidents",
              "/operations")) {
        assertThat(page.navigate(server.url() + path).status()).as(path).isEqualTo(200);
        if (path.startsWith("/studio/edit")) {
          page.waitForSelector("#editor[data-ready]");
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
          wrong.addAll(faults(page, path + " (" + scheme + ")"));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * What the payer reads stands in a frame, and is looked at by itself; what draws models and their
   * properties is others' work.
   */
  private static List<String> faults(Page page, String where) {
    return new AxeBuilder(page)
            .withTags(RULES)
            .exclude("iframe")
            .exclude("#canvas")
            .exclude("#properties")
            .analyze()
            .getViolations()
            .stream()
            .map(rule -> where + ": " + words(rule))
            .toList();
  }

  private static String words(Rule rule) {
    return rule.getId()
        + " ("
        + rule.getHelp()
        + ") at "
        + rule.getNodes().stream().limit(3).map(n -> n.getTarget() + " " + n.getHtml()).toList();
  }
}
