package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** The work list without a mouse, with a colleague at the same time. */
@DisplayName("The work list in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class WorkListBrowserTest {

  private static final AtomicInteger STORIES = new AtomicInteger();

  private final Server server = SharedServer.get();
  private final String story = "WL" + STORIES.incrementAndGet() + "-";

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void anAgentMovesMarksTakesAndPostponesByKeys() {
    owes(1, "1500.00");
    owes(2, "700.00");
    awaitTasks(2);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = open(browser, "agent");
      assertThat(row(page, 0)).containsText("1,500.00\u00a0EUR \u00b7 band C");
      page.keyboard().press("j");
      page.keyboard().press("j");
      assertThat(row(page, 1).locator("[data-testid=task-open]")).isFocused();
      page.keyboard().press("x");
      assertThat(page.locator("[data-testid=marked]")).hasText("1 marked");
      page.keyboard().press("t");
      assertThat(page.locator("[data-testid=report]")).containsText("1 task taken.");
      assertThat(row(page, 1).locator("[data-testid=holder]")).hasText("agent");
      assertThat(row(page, 0).locator("[data-testid=holder]")).hasText("");
      page.keyboard().press("b");
      assertThat(row(page, 1).locator("[data-testid=holder]")).hasText("");
      page.keyboard().press("l");
      assertThat(page.locator("#until")).isFocused();
      page.locator("#until").fill(today().plusDays(3).toString());
      page.locator("#reason").fill("jj kk <b>x</b>");
      page.keyboard().press("Enter");
      assertThat(row(page, 1).locator("[data-testid=holder]")).hasText("postponed");
      assertThat(page.locator("[data-testid=report]")).containsText("1 task postponed.");
      screenshot(page, "work-list.png");
      page.keyboard().press("?");
      assertThat(page.locator("[data-testid=help]")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("[data-testid=help]")).isHidden();
      page.keyboard().press("s");
      page.keyboard().type("jk?t");
      assertThat(page.locator("[data-testid=search]")).hasValue("jk?t");
      page.keyboard().press("Escape");
      page.keyboard().press("k");
      page.keyboard().press("k");
      page.keyboard().press("Enter");
      page.waitForURL("**/tasks/" + key(1));
    }
  }

  @Test
  void whatAColleagueTakesShowsWithinSecondsAndWhatIsNewWaitsToBeShown() {
    owes(1, "1500.00");
    owes(2, "700.00");
    awaitTasks(2);
    try (AgentBrowser mine = AgentBrowser.open(server.url());
        AgentBrowser theirs = AgentBrowser.open(server.url())) {
      Page page = open(mine, "agent");
      Page other = open(theirs, "manager");
      page.keyboard().press("j");
      page.keyboard().press("x");
      page.keyboard().press("j");
      other.keyboard().press("j");
      other.keyboard().press("j");
      other.keyboard().press("t");
      assertThat(other.locator("[data-testid=report]")).containsText("1 task taken.");
      assertThat(row(page, 1).locator("[data-testid=holder]")).hasText("manager");
      assertThat(row(page, 1).locator("[data-testid=task-open]")).isFocused();
      page.keyboard().press("k");
      other.keyboard().press("k");
      page.keyboard().press("t");
      assertThat(page.locator("[data-testid=report]")).containsText("1 task taken.");
      other.keyboard().press("t");
      assertThat(other.locator("[data-testid=report]")).containsText("is with agent");
      assertThat(row(other, 0).locator("[data-testid=holder]")).hasText("agent");
      owes(3, "2500.00");
      assertThat(page.locator("[data-testid=news]")).hasText("1 new task: show (r)", soon());
      awaitTasks(3); // ranked, too: until then the engine's priority counts
      page.keyboard().press("r");
      assertThat(page.locator("[data-testid=task-row]")).hasCount(3);
      assertThat(row(page, 0)).containsText("2,500.00");
      assertThat(row(page, 1).locator("[data-testid=mark]")).isChecked();
      assertThat(row(page, 1).locator("[data-testid=task-open]")).isFocused();
    }
  }

  @Test
  void filtersAreKeptUnderANameAndBadOnesAreTold() {
    owes(1, "1500.00");
    awaitTasks(1);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks?who=all&min=abc");
      assertThat(page.locator("[data-testid=problem]")).containsText("min can be an amount");
      page.navigate(server.url() + "/tasks?who=all&min=1000&q=" + story);
      assertThat(page.locator("[data-testid=task-row]")).hasCount(1);
      page.fill("input[name=name]", story + "<i>large & late</i>");
      page.click("[data-testid=keep-view]");
      page.navigate(server.url() + "/tasks");
      page.click("text=" + story + "<i>large & late</i>");
      assertThat(page.locator("[data-testid=task-row]")).hasCount(1);
      assertThat(page.locator("#min")).hasValue("1000");
      page.click("[aria-label='Remove the view " + story + "<i>large & late</i>']");
      assertThat(page.locator("[data-testid=views]")).not().containsText(story);
    }
  }

  @Test
  void aManagerMakesATeam() {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.navigate(server.url() + "/teams");
      page.fill("#name", story + "team");
      page.fill("#queues", "post, decisions");
      page.selectOption("#new-admin", "senior");
      page.click("[data-testid=new-team]");
      Locator team =
          page.locator("[data-testid=team]", new Page.LocatorOptions().setHasText(story + "team"));
      assertThat(team.locator("input[name=queues]")).hasValue("decisions, post");
      assertThat(team.locator("select[name='member.admin']")).hasValue("senior");
      team.getByText("Remove").click();
      assertThat(page.locator("[data-testid=team]")).hasCount(0);
      browser.logIn("agent");
      assertThat(page.navigate(server.url() + "/teams").status()).isEqualTo(403);
    }
  }

  private static com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions soon() {
    return new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
        .setTimeout(60_000);
  }

  private Page open(AgentBrowser browser, String user) {
    com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    browser.logIn(user);
    browser.page().navigate(server.url() + "/tasks?q=" + story);
    return browser.page();
  }

  private static Locator row(Page page, int n) {
    return page.locator("[data-testid=task-row]").nth(n);
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name)));
  }

  private LocalDate today() {
    return server.now().atZone(ZoneId.of("Europe/Paris")).toLocalDate();
  }

  private void owes(int n, String amount) {
    LocalDate due = today().minusDays(5);
    String csv =
        "customer_id,customer_name,phone,country,invoice_number,issue_date,due_date,amount,currency\n"
            + "%s%d,%sPayer %d,+33 1 00 00 00 00,GB,%s%d-1,%s,%s,%s,EUR\n"
                .formatted(story, n, story, n, story, n, due.minusDays(30), due, amount);
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
  }

  private void awaitTasks(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                tasks().size() == count
                    && tasks().valueStream().allMatch(t -> t.path("standing").isObject()));
  }

  private JsonNode tasks() {
    return server.get("/api/v1/tasks?text=" + story).expect(200).json().path("items");
  }

  private String key(int n) {
    return server.get("/api/v1/tasks?customer=" + story + n).json().at("/items/0/key").asString();
  }
}
