package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The figures are those of a model of four hundred cases, of two versions that did not run at the
 * same time, as the stream would have left them.
 */
@DisplayName("How cases go, in a manager's browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class FlowWaysBrowserTest {

  private static final long FIRST = 8_700_001;
  private static final long SECOND = 8_700_002;
  private static final int CASES = 400;

  /** Ways, the most frequent one first. */
  private static final List<String> WAYS =
      List.of(
          "Task_OpenCase Task_ReadSituation+Task_SendEmail+Task_RecordStep*2 Task_CloseSettledCase EndEvent_InvoiceSettled",
          "Task_OpenCase Task_ReadSituation Task_SendEmail Task_RecordStep Task_CloseSettledCase EndEvent_InvoiceSettled",
          "Task_OpenCase Task_ReadSituation+Task_SendEmail+Task_RecordStep*3 Task_ReadSituation Task_RequestCall Task_RecordStep",
          "Task_OpenCase Task_ReadSituation+Task_SendEmail+Task_RecordStep*4",
          "Task_OpenCase Task_ReadSituation Task_RequestCall Task_RecordStep Task_CloseSettledCase EndEvent_InvoiceSettled",
          "Task_OpenCase Task_ReadSituation+Task_SendText+Task_RecordStep*2",
          "Task_OpenCase Task_ReadSituation Task_SendLetter Task_RecordStep",
          "Task_OpenCase Task_ReadSituation Task_RequestVisit Task_RecordStep",
          "Task_OpenCase Task_ReadSituation Task_ReviewCase Task_RecordDecision EndEvent_Decided",
          "Task_OpenCase Task_ReadSituation Task_ReviewCase Task_ApproveWriteOff Task_RecordDecision EndEvent_Decided",
          "Task_OpenCase Task_ReadSituation Task_ProposeHandover ... EndEvent_CaseEnded",
          "Task_OpenCase EndEvent_AlreadyCollected");

  private final Server server = SharedServer.get();
  private final JdbcTemplate jdbc = server.database();

  @BeforeEach
  void fill() {
    SharedServer.beginOnAMonday();
    clear();
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "12.00", "EUR", -30);
    LocalDate today = payer.today();
    long payerId = server.count("SELECT id FROM payer WHERE number = ?", payer.number());
    long invoiceId = server.count("SELECT id FROM invoice WHERE number = ?", payer.invoice(1));
    String xml =
        jdbc.queryForList(
                "SELECT xml FROM engine_process WHERE bpmn_process_id = 'invoice-collection' ORDER BY version DESC LIMIT 1",
                String.class)
            .getFirst();
    for (long key : List.of(FIRST, SECOND)) {
      jdbc.update(
          "INSERT INTO engine_process (process_key, bpmn_process_id, version, resource_name, xml, deployed_at)"
              + " VALUES (?, 'shown-collection', ?, 'shown.bpmn', ?, ?)",
          key,
          key - FIRST + 1,
          xml,
          today.minusDays(120));
    }
    jdbc.update(
        "INSERT INTO flow_slice (id, creditor_id, segment, band, agent) VALUES (8700001,1,'shown','A',''),(8700002,1,'shown','C',''),(8700003,1,'shown','E','')");
    for (int way = 0; way < WAYS.size(); way++) {
      jdbc.update(
          "INSERT INTO flow_path (id, digest, steps) VALUES (?, ?, ?)",
          FIRST + way,
          "shown-" + way,
          WAYS.get(way));
    }
    String cases =
        " WITH RECURSIVE n AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM n WHERE n < "
            + (CASES - 1)
            + "), c AS (SELECT n, IF(n < 240, 8700001, 8700002) AS model, DATE('"
            + today
            + "') - INTERVAL IF(n < 240, 61 + n % 60, 1 + n % 60) DAY AS day,"
            + " 8700001 + IF(n < 240, n % 3, n % 2) AS slice FROM n) ";
    jdbc.update(
        "INSERT INTO flow_case (day, case_id, invoice_id, process_instance_key, process_key, slice, currency, amount, cash, cash_30,"
            + " reminded, spoken, agreed, ended, paid_after, outcome)"
            + cases
            + "SELECT day, 870000000 + n, 0, 870000000 + n, model, slice, 'EUR', 100 + n * 37 % 900, IF(n % 5 < 3, 100 + n * 37 % 900, 0),"
            + " IF(n % 5 < 2, 100 + n * 37 % 900, 0), IF(n % 20 = 0, NULL, 205 + n % 9), IF(n % 3 = 0, 230 + n % 9, NULL),"
            + " IF(n % 6 = 0, 235 + n % 6, NULL), IF(n % 5 < 3, 245 + n % 5, NULL), IF(n % 5 < 3, 8 + n % 35, NULL),"
            + " IF(n % 5 < 3, 'paid', IF(n % 40 = 4, 'written-off', IF(n % 40 = 9, 'handed-over', 'open'))) FROM c");
    jdbc.update(
        "INSERT INTO flow_instance (process_instance_key, process_key, day, slice, started_at, ended_at, took, path)"
            + cases
            + "SELECT 870000000 + n, model, day, slice, day + INTERVAL 9 HOUR, IF(n % 5 < 3, day + INTERVAL 10 + n % 30 DAY, NULL),"
            + " IF(n % 5 < 3, IF(n % 97 = 1, 262, 240 + n % 8), NULL), 8700001 + FLOOR(POW(n * 7 % 400 / 400, 3) * 12) FROM c");
    jdbc.update(
        "INSERT INTO process_subject (process_instance_key, payer_id, invoice_id)"
            + cases
            + "SELECT 870000000 + n, ?, ? FROM c",
        payerId,
        invoiceId);
    int id = 8_700_001;
    for (String element :
        List.of("Task_OpenCase", "Task_ReadSituation", "Task_SendEmail", "Task_RecordStep")) {
      jdbc.update(
          "INSERT INTO flow_element (id, process_key, element_id) VALUES (?,?,?)",
          id++,
          FIRST,
          element);
    }
    LocalDate day = today.minusDays(70);
    jdbc.update(
        "INSERT INTO flow_repeat (element, day, slice, times, instances) VALUES (8700002,?,8700001,1,80),(8700002,?,8700001,2,70),"
            + "(8700002,?,8700001,3,50),(8700002,?,8700001,4,40),(8700003,?,8700001,1,90),(8700003,?,8700001,2,30)",
        day,
        day,
        day,
        day,
        day,
        day);
    jdbc.update(
        "INSERT INTO flow_visit (element, process_instance_key, times) VALUES (8700002,870000001,5),(8700002,870000002,2)");
    jdbc.update(
        "INSERT INTO flow_pair (element, next_element, day, slice, bucket, steps) VALUES (8700001,8700002,?,8700001,70,240),"
            + "(8700002,8700003,?,8700001,90,400),(8700004,8700002,?,8700001,233,350)",
        day,
        day,
        day);
    jdbc.update(
        "INSERT INTO flow_gap (partition_id, after_serial, missing, repeated, late, from_at, until_at, noticed_at)"
            + " VALUES (86, 5, 12, 0, 0, ?, ?, ?)",
        today.minusDays(2).atTime(8, 0),
        today.minusDays(2).atTime(9, 30),
        today.atTime(8, 0));
  }

  @AfterEach
  void clear() {
    for (String table : List.of("flow_case", "flow_instance")) {
      jdbc.update("DELETE FROM " + table + " WHERE process_key IN (?,?)", FIRST, SECOND);
    }
    jdbc.update("DELETE FROM engine_process WHERE bpmn_process_id = 'shown-collection'");
    jdbc.update(
        "DELETE FROM process_subject WHERE process_instance_key BETWEEN 870000000 AND 870000999");
    jdbc.update("DELETE FROM flow_slice WHERE segment = 'shown'");
    jdbc.update("DELETE FROM flow_path WHERE digest LIKE 'shown-%'");
    jdbc.update("DELETE FROM flow_element WHERE process_key = ?", FIRST);
    for (String table : List.of("flow_repeat", "flow_pair", "flow_visit")) {
      jdbc.update("DELETE FROM " + table + " WHERE element BETWEEN 8700001 AND 8700010");
    }
    jdbc.update("DELETE FROM flow_gap WHERE partition_id = 86");
  }

  @Test
  void fromTheFunnelToTheCasesBehindAWay() {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.setViewportSize(1280, 900);
      page.navigate(server.url() + "/flow/shown-collection?from=2026-01-01");
      assertThat(page.locator("[data-testid=gap]")).containsText("12 events of the engine between");
      page.locator("[data-testid=to-ways]").click();
      page.waitForURL("**/flow/shown-collection/paths**");
      page.fill("#from", page.inputValue("#to").substring(0, 4) + "-01-01");
      page.fill("#from", LocalDate.parse(page.inputValue("#to")).minusDays(150).toString());
      page.click("[data-testid=ways-show]");
      page.waitForURL("**/paths?**");

      assertThat(page.locator("tr[data-stage=begun]")).containsText("400");
      assertThat(page.locator("tr[data-stage=paid]")).containsText("60");
      assertThat(page.locator("tr[data-stage=reminded] td").nth(1)).hasText("95\u00a0%");
      assertThat(page.locator("[data-testid=way]")).hasCount(10);
      assertThat(page.locator("[data-testid=way]").first())
          .containsText(
              "Open case \u2192 (Read situation \u2192 Send e-mail \u2192 Record step) \u00d72");
      assertThat(page.locator("[data-testid=other-ways]")).containsText("2 other ways");
      assertThat(page.locator("[data-testid=ways]")).containsText("\u00d74 or more");

      assertThat(page.locator("[data-testid=unfair] li")).hasCount(3);
      assertThat(page.locator("[data-testid=unfair]")).containsText("did not run at the same time");
      assertThat(page.locator("[data-testid=unfair]")).containsText("The scores differ");
      assertThat(page.locator("[data-testid=difference]")).containsText("points (");
      assertThat(page.locator("[data-testid=meaning]")).containsText("may be chance");

      assertThat(page.locator("tr[data-element=Task_ReadSituation]")).containsText("66.7");
      assertThat(page.locator("[data-testid=outlier]").first()).isVisible();
      faultless(page);
      page.setViewportSize(1280, 2_000);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/flow-ways.png")));
      page.setViewportSize(800, 900);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      faultless(page);
      picture(page, "flow-ways-dark.png");

      page.locator("tr[data-element=Task_ReadSituation] a").click();
      assertThat(page.locator("[data-testid=ways-case]")).hasCount(2);
      assertThat(page.locator("h1")).containsText("Read situation");
      faultless(page);
      page.goBack();
      page.locator("[data-testid=way] a").first().click();
      assertThat(page.locator("[data-testid=ways-case]").first()).isVisible();
      assertThat(page.locator("main")).containsText("Open case");
      picture(page, "flow-ways-cases.png");
      page.goBack();
      page.locator("tr[data-stage=written-off] a").click();
      assertThat(page.locator("h1")).hasText("Cases: Written off");
      assertThat(page.locator("[data-testid=ways-case]")).hasCount(10);
    }
  }

  @Test
  void whoeverHasSeenThatEventsAreMissingIsNotWarnedAnyMore() {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.setViewportSize(1280, 900);
      page.navigate(server.url() + "/flow/shown-collection/paths");
      assertThat(page.locator("[data-testid=gap][role=alert]")).isVisible();
      picture(page, "flow-gap.png");
      page.locator("[data-testid=see-gap]").click();
      page.waitForURL("**/flow/shown-collection");
      assertThat(page.locator("[data-testid=gap]")).containsText("12 events of the engine between");
      assertThat(page.locator("[data-testid=gap][role=alert]")).hasCount(0);
      assertThat(page.locator("[data-testid=gap-seen]")).containsText("manager has seen this on");
      assertThat(page.locator("[data-testid=see-gap]")).hasCount(0);
      // for who restored them from a backup
      assertThat(page.locator("[data-testid=count-anew]")).isVisible();
      faultless(page);
      picture(page, "flow-gap-seen.png");

      jdbc.update("UPDATE flow_gap SET late = 4 WHERE partition_id = 86");
      page.reload();
      assertThat(page.locator("[data-testid=gap]")).containsText("4 of them came later");
      faultless(page);
      page.locator("[data-testid=count-anew]").click();
      page.waitForURL("**/flow/shown-collection");
      assertThat(page.locator("[data-testid=gap]")).hasCount(0);
    }
  }

  @Test
  void aDesignerIsWarnedAndCannotTakeTheWarningAway() {
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("designer");
      Page page = browser.page();
      page.navigate(server.url() + "/flow/shown-collection");
      assertThat(page.locator("[data-testid=gap][role=alert]")).isVisible();
      assertThat(page.locator("[data-testid=see-gap]")).hasCount(0);
      assertThat(page.locator("[data-testid=count-anew]")).hasCount(0);
    }
  }

  @Test
  void inFrench() {
    try (AgentBrowser browser = AgentBrowser.open(server.url(), "fr-FR")) {
      browser.logIn("manager");
      Page page = browser.page();
      page.setViewportSize(1280, 900);
      LocalDate from = PayerFixture.aPayer(server).today().minusDays(150);
      page.navigate(server.url() + "/flow/shown-collection/paths?from=" + from);
      assertThat(page.locator("h1")).hasText("Le parcours des dossiers");
      assertThat(page.locator("[data-testid=gap]"))
          .containsText("12 \u00e9v\u00e9nements du moteur");
      assertThat(page.locator("[data-testid=unfair]")).containsText("Les scores diff\u00e8rent");
      assertThat(page.locator("[data-testid=way]").first()).containsText("Envoyer un e-mail");
      faultless(page);
      picture(page, "flow-ways-fr.png");
    }
  }

  private static void faultless(Page page) {
    assertThat(
            new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations())
        .isEmpty();
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/screenshots/" + name)));
  }
}
