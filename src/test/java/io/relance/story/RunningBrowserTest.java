package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.relance.support.AgentBrowser;
import io.relance.support.EnglishLeft;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import io.relance.support.WaitingModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("Running cases and incidents, in a designer's browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class RunningBrowserTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final Server server = SharedServer.get();
  private final WaitingModel model = WaitingModel.unlikeOthers(server);

  @BeforeEach
  void casesOfAModel() {
    model.deploy("Task_Answer", "PT30H", "PT60H");
    model.deploy("Task_Reply", "PT2H", "PT1H");
    for (String key : List.of("a", "b", "c")) {
      model.begin(1, key);
    }
    model.answer("c");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () ->
                server
                        .get(
                            "/api/v1/studio/running/" + model.id() + "/plan?from=1&to=2",
                            "designer")
                        .json()
                        .path("kinds")
                        .asInt()
                    == 2);
  }

  @AfterEach
  void nobodyElseMeetsThem() {
    model.end();
  }

  @Test
  void fromTheVersionsToTheTimers() {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("designer");
      Page page = browser.page();
      page.navigate(server.url() + "/studio/running");
      looked(page, "running");
      page.locator("section", new Page.LocatorOptions().setHasText(model.id()))
          .locator("[data-testid=plan]")
          .first()
          .click();

      page.waitForSelector("#before[data-ready]");
      page.waitForSelector("#after[data-ready]");
      assertThat(page.locator("[data-testid=plan-stuck]")).hasText("2");
      assertThat(page.locator("[data-testid=plan-problems]"))
          .containsText("2 cases wait at \u201cWait for the answer\u201d");
      assertThat(page.locator("#before .heat-badge").first()).isVisible();
      looked(page, "running-plan");
      page.selectOption("tr[data-element=Task_Answer] select", "Task_Reply");
      page.click("[data-testid=look]");
      assertThat(page.locator("[data-testid=plan-stuck]")).hasText("0");
      page.selectOption("tr[data-element=Timer_Late] select", "Timer_Late");
      page.click("[data-testid=trial]");
      page.waitForURL("**/jobs/**");
      awaitDone(page, "2");
      page.click("[data-testid=rest]");
      awaitDone(page, "1");
      looked(page, "running-job");

      page.locator("[data-testid=kept] a").click();
      assertThat(page.locator("[data-testid=kept-timers]")).containsText("PT2H");
      looked(page, "running-timers");
      page.locator("input[name=element]").first().check();
      page.click("[data-testid=retime]");
      awaitDone(page, "1");
      assertThat(page.locator("h1")).containsText("timers begun anew");

      browser.logIn("agent");
      assertThat(page.navigate(server.url() + "/studio/running").status()).isEqualTo(403);
    }
  }

  @Test
  void fromACauseToWhatIsMissing() {
    model.begin(2, "d");
    model.answer("d");
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM engine_timer t JOIN engine_instance i ON"
                            + " i.process_instance_key = t.process_instance_key WHERE"
                            + " i.bpmn_process_id = ? AND i.version = 2 AND t.element_id ="
                            + " 'Timer_Pause'",
                        model.id())
                    == 1);
    server.advance("PT2H");
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM engine_incident WHERE bpmn_process_id = ? AND state ="
                            + " 'open'",
                        model.id())
                    == 1);
    try (AgentBrowser browser = AgentBrowser.open(server.url(), "fr-FR")) {
      browser.logIn("designer");
      Page page = browser.page();
      page.navigate(server.url() + "/studio/running");
      page.click("[data-testid=incidents-there]");
      french(page);
      looked(page, "incidents");
      page.locator("[data-testid=group]", new Page.LocatorOptions().setHasText(model.id()))
          .locator("a")
          .click();
      french(page);
      looked(page, "incident-group");
      page.locator("[data-testid=stuck-row] a").first().click();
      french(page);
      looked(page, "incident");
      assertThat(page.locator("#name")).hasValue("mayGo");
      page.fill("#value", "oui");
      page.click("[data-testid=set-variable]");
      assertThat(page.locator("[data-testid=problem]")).isVisible();
      page.fill("#value", "true");
      page.click("[data-testid=set-variable]");
      assertThat(page.locator("[data-testid=set]")).containsText("mayGo est d\u00e9finie");
      page.click("[data-testid=retry]");
      assertThat(page.locator("[data-testid=tried]")).isVisible();
      assertThat(page.locator("[data-testid=history]")).containsText("a d\u00e9fini une variable");
      for (String path : List.of("", "/" + model.id() + "/plan?from=1&to=2")) {
        page.navigate(server.url() + "/studio/running" + path);
        french(page);
      }
    }
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM engine_incident WHERE bpmn_process_id = ? AND state ="
                            + " 'open'",
                        model.id())
                    == 0);
  }

  /** The page looks by itself how far it is. */
  private static void awaitDone(Page page, String cases) {
    LocatorAssertions.HasTextOptions soon =
        new LocatorAssertions.HasTextOptions().setTimeout(SOON.toMillis());
    assertThat(page.locator("[data-testid=done]")).hasText(cases, soon);
    assertThat(page.locator("[data-testid=job-state]")).hasText("done", soon);
  }

  private static void french(Page page) {
    assertThat(page.getAttribute("html", "lang")).isEqualTo("fr");
    assertThat(page.content()).doesNotContain("??");
    assertThat(EnglishLeft.on(page, ".diagram", "[translate=no]")).isEmpty();
  }

  /** By the rules of accessibility, in light and in dark, and for people to look at. */
  private static void looked(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.setViewportSize(scheme == ColorScheme.LIGHT ? 1280 : 800, 800);
      assertThat(new AxeBuilder(page).withTags(RULES).analyze().getViolations())
          .as(name + " " + scheme)
          .isEmpty();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/screenshots/" + name + "-" + scheme + ".png")));
    }
    page.setViewportSize(1280, 800);
  }
}
