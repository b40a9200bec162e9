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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** An agent's day: from the first task to the next, whatever happens in between. */
@DisplayName("An agent's day in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class AgentDayBrowserTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String FORM = "#form[data-ready] .fjs-form";

  /** No engine gives such keys to tasks here. */
  private static final long KEYS_FROM = 5_000_000_000_000L;

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  private PayerFixture whoIsToBeCalled(String amount) {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, amount, "EUR", 5);
    payer.awaitTask("Task_CallPayer");
    return payer;
  }

  private static String keyOf(PayerFixture payer) {
    return payer.openTasks().get(0).path("key").asString();
  }

  /**
   * The first task is read, the payer called, an agreement typed as it is said, and the next task
   * comes.
   */
  @Test
  void fromTheFirstTaskToTheNext() {
    PayerFixture payer = whoIsToBeCalled("1000.00");
    PayerFixture next = whoIsToBeCalled("900.00");
    String key = keyOf(payer);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks");
      screenshot(page, "agent-tasks.png");
      page.navigate(server.url() + "/tasks?who=all&q=" + payer.number());
      assertThat(page.locator("[data-testid=task-row]")).hasCount(1);
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      page.waitForSelector(FORM);
      assertThat(page.locator("[data-testid=items]")).containsText(payer.invoice(1));
      assertThat(page.locator("[data-testid=timeline-entry]").first()).isVisible();
      assertThat(page.locator(FORM)).containsText("Make sure that you speak with Nobody Ltd");
      page.click("[data-testid=call]");
      page.waitForSelector("[data-testid=told]");
      page.waitForSelector(FORM);
      screenshot(page, "agent-call.png");

      page.keyboard().press("a");
      assertThat(page.locator("[data-testid=said]")).isFocused();
      page.keyboard().type("half soon, rest end of month");
      assertThat(page.locator("[data-testid=said-means]"))
          .containsText("\u201chalf soon\u201d names no day");
      assertThat(page.locator("[data-testid=said-put]")).isDisabled();
      page.fill("[data-testid=said]", "half on Friday, rest end of next month");
      assertThat(page.locator("[data-testid=said-means] li")).hasCount(2);
      assertThat(page.locator("[data-testid=said-means]")).containsText("500.00");
      screenshot(page, "agent-agreement.png");
      page.keyboard().press("Enter");
      assertThat(page.getByLabel("Wants to pay in instalments", exactly())).isChecked();
      reason(page);
      page.keyboard().press("Control+Enter");
      page.waitForURL(url -> url.contains("/tasks/") && !url.contains(key));
      page.waitForSelector(FORM);
      assertThat(page.locator("h1")).isFocused();

      page.navigate(server.url() + "/tasks/" + keyOf(next) + "?outcome=promised");
      page.waitForSelector(FORM);
      assertThat(page.getByLabel("Promised to pay", exactly())).isChecked();
      page.keyboard().press("5");
      assertThat(page.getByLabel("No answer", exactly())).isChecked();
      page.keyboard().press("Control+Enter");
      await().atMost(SOON).until(() -> next.timeline(1).contains("Call: no answer"));
    }
    await().atMost(SOON).until(() -> plansOf(payer).size() == 1);
    JsonNode instalments = plansOf(payer).get(0).path("instalments");
    assertThat(instalments).hasSize(2);
    assertThat(instalments.get(0).path("amount").asString()).isEqualTo("500.00");
    LocalDate first = LocalDate.parse(instalments.get(0).path("dueOn").asString());
    assertThat(first.getDayOfWeek()).isEqualTo(java.time.DayOfWeek.FRIDAY);
    LocalDate last = LocalDate.parse(instalments.get(1).path("dueOn").asString());
    assertThat(last.plusDays(1).getDayOfMonth()).isEqualTo(1);
  }

  /** Even instalments are computed while they are typed, and one outcome needs one key. */
  @Test
  void onePromiseIsPutIntoTheFormWithItsAmount() {
    PayerFixture payer = whoIsToBeCalled("800.00");
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks/" + keyOf(payer));
      page.waitForSelector(FORM);
      page.fill("[data-testid=said]", "200 tomorrow");
      assertThat(page.locator("[data-testid=said-means]")).containsText("600.00");
      page.click("[data-testid=said-put]");
      assertThat(page.getByLabel("Promised to pay", exactly())).isChecked();
      assertThat(page.getByLabel("Amount promised")).hasValue("200.00");
      reason(page);
      page.click("[data-testid=complete-submit]");
      await().atMost(SOON).until(() -> payer.timeline(1).contains("Call: promised to pay"));
    }
    await().atMost(SOON).until(() -> payer.timeline(1).contains("200.00"));
  }

  /** The session ends while a form is filled in: who logs in again elsewhere goes on here. */
  @Test
  void theSessionEndsInTheMiddleOfAFormAndNothingTypedIsLost() {
    PayerFixture payer = whoIsToBeCalled("700.00");
    String key = keyOf(payer);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks/" + key);
      page.waitForSelector(FORM);
      page.keyboard().press("5");
      page.locator(FORM + " textarea").first().fill("rang twice");
      page.context().clearCookies();
      page.click("[data-testid=complete-submit]");
      assertThat(page.locator("[data-testid=form-message]")).containsText("Your session has ended");
      assertThat(page.locator(FORM + " textarea").first()).hasValue("rang twice");
      Page another = page.context().waitForPage(() -> page.click("[data-testid=form-message] a"));
      another.fill("input[name=username]", "agent");
      another.fill("input[name=password]", "agent");
      another.click("button[type=submit]");
      another.waitForURL("**/tasks**");
      another.close();
      page.click("[data-testid=complete-submit]");
      page.waitForURL(url -> !url.contains(key));
    }
    await().atMost(SOON).until(() -> payer.timeline(1).contains("rang twice"));
  }

  @Test
  void tenThousandTasksAreAListLikeAnyOther() {
    PayerFixture payer = whoIsToBeCalled("600.00");
    String digits = "(SELECT 0 n";
    for (int i = 1; i < 10; i++) {
      digits += " UNION ALL SELECT " + i;
    }
    digits += ")";
    String number = "? + a.n + 10 * b.n + 100 * c.n + 1000 * d.n";
    String copies =
        "INSERT INTO engine_user_task (user_task_key, element_instance_key, process_instance_key, process_key, bpmn_process_id,"
            + " element_id, state, priority, created_at, urgency, standing, queue, skill, band, worth, rank_at) SELECT %s, %s,"
                .formatted(number, number)
            + " t.process_instance_key, t.process_key, t.bpmn_process_id, t.element_id, 'created', 50, t.created_at, 50, 500000,"
            + " 'calls', 'any', 'C', 10, '2099-01-01' FROM engine_user_task t, %s a, %s b, %s c, %s d WHERE t.user_task_key = ?"
                .formatted(digits, digits, digits, digits);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      server.database().update(copies, KEYS_FROM, KEYS_FROM, Long.valueOf(keyOf(payer)));
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks?who=all&queue=calls&band=C");
      assertThat(page.locator("[data-testid=task-row]")).hasCount(50);
      page.keyboard().press("j");
      page.keyboard().press("j");
      assertThat(page.locator("[data-testid=task-open]").nth(1)).isFocused();
      page.click("text=More");
      assertThat(page.locator("[data-testid=task-row]")).hasCount(50);
      page.keyboard().press("s");
      page.keyboard().type(payer.number());
      page.keyboard().press("Enter");
      assertThat(page.locator("[data-testid=task-row]").first()).containsText("Nobody Ltd");
    } finally {
      server.database().update("DELETE FROM engine_user_task WHERE user_task_key >= ?", KEYS_FROM);
    }
  }

  /** Their file shows what is oldest and how much it all is; nothing is asked of them yet. */
  @Test
  void aPayerWithTwoThousandInvoicesHasAFileLikeAnyOther() {
    String number = "MANY" + server.now().toEpochMilli();
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency\n");
    for (int i = 0; i < 2_000; i++) {
      csv.append(
          "%s,Many & Sons,%s-%d,2035-01-01,2035-01-%02d,10.00,EUR\n"
              .formatted(number, number, i, 1 + i % 28));
    }
    server.importLedger(csv.toString().getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/customers/" + number);
      assertThat(page.locator("[data-testid=aged]")).containsText("20,000.00");
      assertThat(page.locator("[data-testid=items] tbody tr")).hasCount(51);
      assertThat(page.locator("[data-testid=items]")).containsText("The oldest 50 of 2,000");
      page.locator("[data-testid=plan] summary").click();
      page.fill("#plan-agreed", "half 2035-02-01, rest 2035-03-01");
      assertThat(page.locator("[data-testid=plan] input[type=checkbox]")).hasCount(50);
      assertThat(page.locator("[data-testid=take-payment] input[type=checkbox]")).hasCount(50);
    }
  }

  /** Where each invoice's process is, and why, stands on the payer's file. */
  @Test
  void theProcessOfEachInvoiceIsOnThePayersFile() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "300.00", "EUR", 5);
    payer.owes(2, "310.00", "EUR", 4);
    payer.awaitTask("Task_CallPayer");
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/customers/" + payer.number());
      assertThat(page.locator("[data-testid=process] .djs-container")).isVisible();
      assertThat(page.locator("[data-testid=process] .is-visited").first()).isVisible();
      assertThat(page.locator("[data-testid=process] details").first())
          .containsText("Treatment, version");
      assertThat(page.locator("[data-testid=process] [data-testid=next]"))
          .containsText("(if nothing changes until then)");
      page.selectOption("[data-testid=process-of]", payer.invoice(2));
      assertThat(page.locator("[data-testid=process] .djs-container")).isVisible();
      screenshot(page, "payer-file.png");
    }
  }

  private List<JsonNode> plansOf(PayerFixture payer) {
    return List.copyOf(
        server.get("/api/v1/customers/" + payer.number() + "/plans").expect(200).json().values());
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static void reason(Page page) {
    page.locator(FORM + " .fjs-form-field-select .fjs-input-group").first().click();
    page.locator(".fjs-dropdownlist-item").first().click();
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screenshots", name))
            .setFullPage(true));
  }
}
