package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import io.relance.support.Studio;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("A designer's afternoon, in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class DesignerBrowserTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();
  private final Studio studio = new Studio(server);

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @AfterEach
  void nobodyElseMeetsTheCase() {
    studio.end();
  }

  @Test
  void editLintCompareTryDeployAndMigrate() {
    studio.deployed("b1." + studio.id());
    studio.awaitInEngine(1, "b1." + studio.id());
    studio.begin(1);
    String segment = "cell-" + System.nanoTime() % 1_000_000;
    PayerFixture payer = anOpenCaseOf(segment);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("designer");
      Page page = browser.page();
      edits(page);
      breaksAndMends(page);
      compares(page);
      triesADecision(page, segment, payer);
      deploys(page);
      migrates(page);
      browser.logIn("agent");
      assertThat(page.navigate(server.url() + "/studio").status()).isEqualTo(403);
    }
  }

  private PayerFixture anOpenCaseOf(String segment) {
    PayerFixture payer = aPayer(server).inSegment(segment).owes(1, "700.00", "EUR", 4);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM collection_case c JOIN payer p ON p.id = c.payer_id WHERE p.number = ? AND c.live = 1",
                        payer.number())
                    == 1);
    return payer;
  }

  private void edits(Page page) {
    page.navigate(server.url() + "/studio");
    page.locator("tr[data-file='" + studio.bpmn() + "'] a").first().click();
    page.waitForSelector("#editor[data-ready]");
    assertThat(page.locator("[data-testid=notice]"))
        .containsText("would lose: <!--drawn by hand, with what only its author knows-->");
    assertThat(page.locator("#properties")).containsText("Plan a visit");

    Locator task = page.locator("[data-element-id=Task_Plan]").first();
    task.dblclick();
    page.locator(".djs-direct-editing-content").fill("Plan the visit well");
    page.locator(".djs-direct-editing-content").press("Enter");
    saved(page);
    assertThat(studio.content(studio.bpmn(), "draft"))
        .as("what is not ours stays")
        .contains(
            "Plan the visit well",
            "theirs:skill=\"driving\"",
            "<theirs:route via=\"A7\" />",
            "theirs:costCentre=\"4711\"",
            "theirs:owner=\"field sales\"",
            "bindingType=\"deployment\"");
  }

  private void breaksAndMends(Page page) {
    page.locator("[data-element-id=Event_Paid]").first().click();
    page.keyboard().press("Delete");
    assertThat(page.locator("[data-testid=findings]"))
        .containsText("the payer could be asked for what they paid");
    assertThat(page.locator(".lint-badge.lint-error").first()).isVisible();
    screenshot(page, "studio-lint");
    page.keyboard().press("Control+z");
    assertThat(page.locator("[data-testid=findings-count]")).containsText("0 errors");
    saved(page);
    page.fill("#comment", "said more clearly");
    page.click("[data-testid=save]");
    saved(page);
    screenshot(page, "studio-edit");
  }

  private void compares(Page page) {
    page.click("[data-testid=to-compare]");
    page.waitForSelector("#compare[data-ready]");
    screenshot(page, "studio-compare");
    assertThat(page.locator("[data-testid=summary]")).containsText("0 added, 0 removed, 1 changed");
    Locator change = page.locator("tr[data-of=Task_Plan]");
    assertThat(change.locator("del")).hasText("Plan the visit");
    assertThat(change.locator("ins")).hasText("Plan the visit well");
    assertThat(page.locator("#after .diff-changed")).hasCount(1);
    screenshot(page, "studio-compare");
  }

  private void triesADecision(Page page, String segment, PayerFixture payer) {
    page.navigate(server.url() + "/studio/edit/treatment.dmn");
    page.waitForSelector("#editor[data-ready]");
    Locator cell =
        page.locator("td.input-cell")
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("\"key-account\"")))
            .first();
    cell.click();
    page.keyboard().press("End");
    page.keyboard().type(",\"" + segment + "\"");
    page.locator("h1").click();
    saved(page);
    page.click("[data-testid=to-try]");
    assertThat(page.locator("[data-testid=trial-summary]")).containsText("1 of ");
    assertThat(page.locator("[data-testid=examples] a"))
        .hasAttribute("href", "/customers/" + payer.number());
    screenshot(page, "studio-try");
    page.navigate(server.url() + "/studio/compare/treatment.dmn");
    page.waitForSelector("#compare[data-ready]");
    assertThat(page.locator("[data-change=changed] ins").first()).containsText(segment);
    page.navigate(server.url() + "/studio/history/treatment.dmn");
    page.click("[data-testid=discard]");
    assertThat(page.locator("[data-testid=revision]").first()).containsText("given up");
    assertThat(studio.revision("treatment.dmn")).isZero();
  }

  private void deploys(Page page) {
    page.navigate(server.url() + "/studio/deploy?file=" + studio.bpmn());
    assertThat(page.locator("[data-testid=steps]")).containsText(studio.form() + " comes along");
    page.fill("#versionTag", "b2." + studio.id());
    screenshot(page, "studio-deploy");
    page.click("[data-testid=deploy]");
    assertThat(page.locator("[data-testid=release-state]")).containsText("deployed");
    assertThat(page.locator("[data-testid=released]").first()).containsText(studio.id() + " 2");
    studio.awaitInEngine(2, "b2." + studio.id());
  }

  private void migrates(Page page) {
    page.navigate(server.url() + "/studio/running");
    page.locator("section", new Page.LocatorOptions().setHasText(studio.id()))
        .locator("[data-testid=plan]")
        .first()
        .click();
    page.waitForSelector("#after[data-ready]");
    assertThat(page.locator("[data-testid=plan-stuck]")).hasText("0");
    assertThat(page.locator("tr[data-element=Task_Plan] select")).hasValue("Task_Plan");
    screenshot(page, "studio-migrate");
    page.click("[data-testid=trial]");
    page.waitForURL("**/jobs/**");
    assertThat(page.locator("[data-testid=done]"))
        .hasText("1", new LocatorAssertions.HasTextOptions().setTimeout(SOON.toMillis()));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(studio.versionsOfRunningCases()).containsExactly(2));
  }

  @Test
  void twoPeopleOnOneDraft() {
    studio.save(studio.bpmn(), studio.text("bpmn"), 0, "designer").expect(200);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("designer");
      Page page = browser.page();
      page.navigate(server.url() + "/studio/edit/" + studio.bpmn());
      page.waitForSelector("#editor[data-ready]");
      studio.save(studio.bpmn(), studio.text("bpmn").replace("A7", "A9"), 1, "admin").expect(200);
      page.locator("[data-element-id=Task_Plan]").first().dblclick();
      page.locator(".djs-direct-editing-content").fill("Mine");
      page.locator(".djs-direct-editing-content").press("Enter");
      assertThat(page.locator("[data-testid=conflict]"))
          .containsText("admin changed " + studio.bpmn() + " meanwhile (revision 2)");
      assertThat(studio.content(studio.bpmn(), "draft")).contains("A9").doesNotContain("Mine");
      page.click("[data-testid=take-mine]");
      assertThat(page.locator("[data-testid=conflict]")).isHidden();
      saved(page);
      assertThat(studio.content(studio.bpmn(), "draft")).contains("A7", "Mine");
      page.navigate(server.url() + "/studio/history/" + studio.bpmn());
      assertThat(page.locator("[data-testid=revision]")).hasCount(3);
      assertThat(page.locator("[data-testid=revision]").nth(1)).containsText("admin");
    }
  }

  /** What is no longer XML is edited as text, and saved only when it is a model again. */
  @Test
  void aFileIsEditedAsText() {
    studio.save(studio.form(), studio.text("form"), 0, "designer").expect(200);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("designer");
      Page page = browser.page();
      page.navigate(server.url() + "/studio/edit/" + studio.form() + "?as=text");
      page.waitForSelector("#editor[data-ready]");
      Locator text = page.locator("[data-testid=model-text]");
      text.fill(studio.text("form").replace("\"components\": [", "\"components\": "));
      assertThat(page.locator("[data-testid=save-state]")).containsText("Not saved");
      assertThat(page.locator("[data-testid=notice]")).containsText("is not JSON, line");
      text.fill(studio.text("form").replace("visitNote", "visitDay"));
      saved(page);
      assertThat(page.locator("[data-testid=findings]"))
          .containsText("Another field has the key \"visitDay\", too");
      page.navigate(server.url() + "/studio/edit/" + studio.form());
      assertThat(page.locator("[data-testid=notice]"))
          .containsText("The editor cannot show this file");
      page.locator("[data-testid=notice] a").click();
      page.waitForSelector("#editor[data-ready]");
      text.fill(studio.text("form").replace("Note", "Remark"));
      saved(page);
      page.navigate(server.url() + "/studio/edit/" + studio.form());
      page.waitForSelector("#editor[data-ready]");
      assertThat(page.locator("#canvas")).containsText("Remark");
      screenshot(page, "studio-form");
      studio.save(
          studio.form(),
          studio.text("form").replace(", \"label\": \"Note\"", ""),
          studio.revision(studio.form()),
          "designer");
      page.navigate(server.url() + "/studio/edit/" + studio.form());
      page.waitForSelector("#editor[data-ready]");
      Locator finding = page.locator("[data-testid=findings] button").first();
      assertThat(finding).isVisible();
      assertThat(page.locator(".fjs-element[data-id=Field_Note]"))
          .hasCSS("outline-style", "dashed");
      finding.click();
      assertThat(page.locator(".fjs-properties-container")).containsText("Key");
    }
  }

  private static void saved(Page page) {
    assertThat(page.locator("#save-state[data-state=saved]")).isVisible();
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + ".png")));
  }
}
