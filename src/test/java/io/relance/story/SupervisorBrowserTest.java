package io.relance.story;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The workload, and a task that ends while its form is open, as people see them. */
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class SupervisorBrowserTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void whatWasTypedOutlivesItsTask() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "950.00", "EUR", 18);
    String key = payer.awaitTask("Task_CallPayer").path("key").asString();
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = browser.page();
      browser.logIn("agent");
      page.navigate(server.url() + "/tasks/" + key);
      page.waitForSelector(".fjs-form");
      browser.choose("Refuses to pay");
      page.locator(".fjs-form textarea").first().fill("says the goods came late");
      server.post("/api/v1/tasks/" + key + "/claim", "", "manager").expect(204);
      page.waitForSelector("[data-testid=task-taken]");
      payer.pays(1, "950.00", "EUR");
      page.waitForSelector("[data-testid=task-gone]");
      assertThat(page.locator("[data-testid=gone-what]").textContent()).startsWith("Settled on ");
      assertThat(page.locator("[data-testid=complete-submit]").isDisabled()).isTrue();
      page.locator("[data-testid=typed-note]").click();
      await()
          .atMost(SOON)
          .until(
              () ->
                  server.count(
                          "SELECT COUNT(*) FROM timeline_entry e JOIN payer p ON p.id = e.payer_id WHERE p.number = ?"
                              + " AND e.kind = 'note' AND e.actor = 'agent' AND e.text LIKE ?",
                          payer.number(),
                          "%Refuses to pay%says the goods came late%")
                      == 1);
      assertThat(page.locator("[data-testid=typed-note]").isDisabled()).as("once").isTrue();
    }
  }

  @Test
  void aManagerMovesMarkedTasksFromTheWorkload() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "960.00", "EUR", 18);
    String key = payer.awaitTask("Task_CallPayer").path("key").asString();
    server.post("/api/v1/tasks/" + key + "/claim", "", "agent").expect(204);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = browser.page();
      browser.logIn("manager");
      page.navigate(server.url() + "/workload");
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/workload.png")));
      page.locator("[data-login=agent] [data-testid=held]").click();
      page.waitForSelector("tr[data-key='" + key + "']");
      page.navigate(server.url() + "/workload/agent");
      page.locator("input[data-testid=mark][value='" + key + "']").check();
      page.selectOption("#to", "colleague:manager");
      page.locator("[data-testid=move]").click();
      page.waitForSelector("[data-testid=report]");
      assertThat(page.locator("[data-testid=report]").textContent()).contains("manager 1");
      assertThat(payer.openTasks().get(0).path("assignee").asString()).isEqualTo("manager");
      page.navigate(server.url() + "/absences");
      page.fill("#from", payer.today().plusDays(5).toString());
      page.fill("#to", payer.today().plusDays(6).toString());
      page.selectOption("#login", "agent");
      page.locator("[data-testid=say-absence]").click();
      page.waitForSelector("tr[data-testid=absence]");
      page.locator("tr[data-testid=absence] button").first().click();
      page.waitForCondition(() -> page.locator("tr[data-testid=absence]").count() == 0);
    }
  }
}
