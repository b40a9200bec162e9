package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("The models and what they did, in a manager's browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class FlowBrowserTest {

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void fromTheHeatMapToWhoWaitsThere() {
    String segment = "heat-" + System.nanoTime() % 1_000_000;
    PayerFixture payer =
        aPayerWithoutAddress(server).inSegment(segment).owes(1, "1234.00", "EUR", 5);
    payer.awaitTask("Task_CallPayer");
    awaitMoneyIn("invoice-collection", segment);
    awaitMoneyIn("payer-call", segment);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.navigate(server.url() + "/flow");
      page.waitForURL("**/flow/invoice-collection");
      page.waitForSelector("#heat[data-ready]");
      assertThat(page.locator(".heat-badge").count()).isPositive();
      page.selectOption("#segment", segment);
      page.selectOption("[data-testid=by]", "money");
      page.click("[data-testid=flow-show]");
      page.waitForSelector("#heat[data-ready]");
      assertThat(page.locator(".heat-badge").first()).containsText("1,234.00");
      assertThat(page.locator("#heat .heat-5").first()).isVisible();
      assertThat(page.locator("[data-testid=flow-table]")).containsText("1,234.00");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/screenshots/flow.png")));

      assertThat(
              page.navigate(server.url() + "/flow/invoice-collection?from=2026-05-02&to=2026-05-01")
                  .status())
          .isEqualTo(400);
      assertThat(page.locator("[data-testid=problem]")).containsText("before from");
      page.goBack();
      page.waitForSelector("#heat[data-ready]");
      page.selectOption("#model", "payer-call");
      page.waitForURL("**/flow/payer-call**");
      page.waitForSelector("#heat[data-ready]");
      assertThat(page.locator("#segment")).hasValue(segment);
      page.locator("tr[data-element=Task_CallPayer] a").first().click();
      assertThat(page.locator("h1")).hasText("Who came to Call payer");
      assertThat(page.locator("[data-testid=flow-case]")).hasCount(1);
      page.goBack();
      page.waitForSelector("#heat[data-ready]");
      page.locator("tr[data-element=Task_CallPayer] a").nth(1).click();
      assertThat(page.locator("[data-testid=flow-case]")).hasCount(1);
      assertThat(page.locator("[data-testid=flow-case] a").first())
          .hasAttribute("href", "/customers/" + payer.number());
      assertThat(page.locator("h1")).containsText("Who waits at");

      browser.logIn("agent");
      assertThat(page.navigate(server.url() + "/flow").status()).isEqualTo(403);
    }
  }

  private void awaitMoneyIn(String model, String segment) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                server
                    .get(
                        "/api/v1/processes/%s/versions/1/flow?segment=%s".formatted(model, segment),
                        "manager")
                    .body()
                    .contains("1234.00"));
  }
}
