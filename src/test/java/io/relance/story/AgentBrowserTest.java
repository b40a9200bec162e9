package io.relance.story;

import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent's first page, in the Chromium of the machine; without one these tests are reported as
 * skipped.
 */
@DisplayName("The agent's page in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class AgentBrowserTest {

  private final Server server = SharedServer.get();

  private String aTaskOf(PayerFixture payer) {
    await().atMost(Duration.ofSeconds(60)).until(() -> payer.openTasks().size() == 1);
    return payer.openTasks().get(0).path("key").asString();
  }

  @Test
  void anAgentTakesATaskFillsItsFormAndIsLedToTheNext() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "450.00", "EUR", 5);
    String key = aTaskOf(payer);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      browser.page().navigate(server.url() + "/tasks?customer=" + payer.number());
      assertThat(browser.page().locator("[data-testid=task-row]").count()).isEqualTo(1);
      browser.page().click("[data-testid=claim]");
      browser.page().navigate(server.url() + "/tasks/" + key);
      assertThat(browser.page().textContent("[data-testid=task-holder]")).isEqualTo("with agent");
      browser.page().waitForSelector(".fjs-form");
      assertThat(browser.page().textContent(".fjs-form")).contains(payer.invoice(1), "450.00");
      browser.page().locator("[data-testid=complete-submit]").click();
      browser.page().waitForSelector("[data-testid=form-message]:visible");
      browser
          .page()
          .screenshot(
              new com.microsoft.playwright.Page.ScreenshotOptions()
                  .setPath(Path.of("target/screenshots/agent-task.png")));
      browser.completeCall(key, "no-answer", "<b>rang</b> & rang");
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> payer.timeline(1).contains("Call: no answer"));
    assertThat(payer.openTasks()).isEmpty();
  }

  @Test
  void aTaskThatSomebodyElseHasIsToldInWordsAndNothingTypedIsLost() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "470.00", "EUR", 5);
    String key = aTaskOf(payer);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      browser.page().navigate(server.url() + "/tasks/" + key);
      browser.page().waitForSelector(".fjs-form");
      browser.page().locator(".fjs-form textarea").first().fill("what I typed");
      browser.choose("No answer");
      server.post("/api/v1/tasks/" + key + "/claim", "", "manager").expect(204);
      browser.page().locator("[data-testid=complete-submit]").click();
      browser.page().waitForSelector("[data-testid=form-message]:visible");
      assertThat(browser.page().textContent("[data-testid=form-message]"))
          .contains("is with manager");
      browser.page().reload();
      browser.page().waitForSelector(".fjs-form");
      assertThat(browser.page().locator(".fjs-form textarea").first().inputValue())
          .isEqualTo("what I typed");
    }
  }

  @Test
  void pagesShowMarkupAsTextAndAskNobodyOutside() {
    String csv =
        "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency\n"
            + "X1,\"<img src=x onerror=alert(1)> & Co\",X1-1,2027-01-01,2027-01-31,10.00,EUR\n";
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      List<String> outside = new java.util.concurrent.CopyOnWriteArrayList<>();
      browser
          .page()
          .onRequest(
              r -> {
                if (!r.url().startsWith(server.url())
                    && !r.url().startsWith("data:")
                    && !r.url().startsWith("blob:")) {
                  outside.add(r.url());
                }
              });
      browser.logIn("manager");
      for (String page :
          List.of(
              "/tasks",
              "/invoices",
              "/invoices/X1-1",
              "/customers/X1",
              "/messages",
              "/mail",
              "/imports",
              "/operations")) {
        assertThat(browser.page().navigate(server.url() + page).status()).as(page).isEqualTo(200);
      }
      browser.page().navigate(server.url() + "/customers/X1");
      assertThat(browser.page().textContent("h1")).isEqualTo("<img src=x onerror=alert(1)> & Co");
      assertThat(browser.page().locator("main img").count()).isZero();
      assertThat(outside).isEmpty();
    }
  }

  @Test
  void aManagerImportsALedgerAndABankFile(@TempDir Path folder) throws Exception {
    Path ledger =
        Files.writeString(
            folder.resolve("ledger.csv"),
            "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency\n"
                + "UI1,Upload Ltd,UI1-1,2027-01-01,2027-01-31,10.00,EUR\n"
                + "UI1,Upload Ltd,UI1-2,2027-01-01,2027-31-01,10.00,EUR\n");
    Path bank =
        Files.writeString(
            folder.resolve("bank.csv"),
            "date,amount,currency,reference,remittance,debtor_name\n"
                + "2026-03-02,10.00,EUR,UI-REF-1,for UI1-1,Upload Ltd\n");
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      browser.upload("ledger", ledger);
      assertThat(browser.page().textContent("[data-testid=import-report]"))
          .contains("2 rows", "1 new", "1 rejected");
      assertThat(browser.page().textContent("tbody")).contains("3", "due_date", "2027-31-01");
      browser.upload("bank", bank);
      assertThat(browser.page().textContent("[data-testid=bank-report]"))
          .contains("1 entries: 1 matched");
    }
    assertThat(server.get("/api/v1/invoices/UI1-1").json().path("status").asString())
        .isEqualTo("paid");
  }

  @Test
  void aWrongPasswordIsToldAndAnAgentSeesNoOperations() {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.page().navigate(server.url() + "/tasks");
      browser.page().fill("input[name=username]", "agent");
      browser.page().fill("input[name=password]", "wrong");
      browser.page().click("button[type=submit]");
      browser.page().waitForSelector("[data-testid=login-error]");
      browser.logIn("agent");
      assertThat(browser.page().navigate(server.url() + "/operations").status()).isEqualTo(403);
    }
  }
}
