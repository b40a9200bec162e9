package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relance.support.PayerFixture.aPayer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is in an agent's way, in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class AgentTroubleBrowserTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  /** A form that no version of form-js can show: neither JSON, nor with fields that exist. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"components\": [ oops",
        "{\"type\": \"default\", \"components\": [{\"type\": \"crystal-ball\", \"key\": \"callOutcome\"}]}",
        "{\"type\": \"default\", \"components\": [{\"type\": \"textfield\", \"key\": \"a\"}, {\"type\": \"textfield\", \"key\": \"a\"}]}"
      })
  void aFormThatTheDesignerBrokeIsToldAndTheTaskStaysOpen(String broken) {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "90.00", "EUR", 5);
    String key = payer.awaitTask("Task_CallPayer").path("key").asString();
    long formKey =
        server.count("SELECT form_key FROM engine_user_task WHERE user_task_key = ?", key);
    String before =
        server
            .database()
            .queryForObject(
                "SELECT resource FROM engine_form WHERE form_key = ?", String.class, formKey);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      deploy(formKey, broken);
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks/" + key);
      assertThat(page.locator("[data-testid=form-message]"))
          .containsText("This form cannot be shown");
      assertThat(page.locator("[data-testid=form-message]")).containsText("the task stays open");
      assertThat(page.locator("[data-testid=complete-submit]")).isDisabled();
      assertThat(page.locator("[data-testid=items]")).containsText(payer.invoice(1));
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/broken-form.png")));
      if (broken.contains("oops")) {
        assertThat(
                server
                    .post(
                        "/api/v1/tasks/" + key + "/complete",
                        "{\"variables\":{\"callOutcome\":\"no-answer\"}}",
                        "agent")
                    .expect(422)
                    .body())
            .contains("tell the designer");
      }
      deploy(formKey, before);
      page.reload();
      page.waitForSelector("#form[data-ready] .fjs-form");
      assertThat(page.locator("[data-testid=complete-submit]")).isEnabled();
    } finally {
      deploy(formKey, before);
    }
    assertThat(payer.openTasks()).hasSize(1);
  }

  private void deploy(long formKey, String schema) {
    server
        .database()
        .update("UPDATE engine_form SET resource = ? WHERE form_key = ?", schema, formKey);
  }

  /** The payers of the marked tasks get one message each; who has no address is told. */
  @Test
  void markedPayersAreWrittenTo() {
    PayerFixture reachable = aPayer(server).owes(1, "5000.00", "EUR", 18);
    PayerFixture silent = aPayerWithoutAddress(server).owes(1, "4000.00", "EUR", 18);
    String key = reachable.awaitRankedTask("Task_CallPayer").path("key").asString();
    String other = silent.awaitRankedTask("Task_CallPayer").path("key").asString();
    int before = reachable.mails().size();
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks?who=all&min=3999");
      page.check("tr[data-key='" + key + "'] [data-testid=mark]");
      page.check("tr[data-key='" + other + "'] [data-testid=mark]");
      assertThat(page.locator("[data-testid=marked]")).containsText("2");
      page.locator("#write > summary").click();
      page.selectOption("#tone", "courteous");
      page.selectOption("#channel", "email");
      page.click("[data-testid=bulk-send]");
      page.waitForSelector("main [role=status], main [role=alert]");
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/bulk-send.png")));
      assertThat(page.locator("main")).containsText(silent.number());
    }
    await().atMost(SOON).until(() -> reachable.mails().size() > before);
    server.advance("P1D");
    assertThat(reachable.mails()).hasSize(before + 1);
    assertThat(silent.sent()).isEmpty();
  }
}
