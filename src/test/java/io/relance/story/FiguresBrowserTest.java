package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("A manager's morning")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class FiguresBrowserTest {

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final Server server = SharedServer.get();

  @Test
  void opensFiguresTheirRowsAndTheirFiles() {
    SharedServer.beginOnAMonday();
    PayerFixture payer = aPayer(server);
    String segment = "morning-" + payer.number();
    String csv =
        "customer_id,customer_name,segment,invoice_number,issue_date,due_date,amount,currency\n"
            + "%1$s,Story & Sons,%2$s,%1$s-1,%3$s,%3$s,1234.50,EUR\n"
                .formatted(payer.number(), segment, payer.today().minusDays(40))
            + "%1$s,Story & Sons,%2$s,%1$s-2,%3$s,%3$s,10.00,USD\n"
                .formatted(payer.number(), segment, payer.today().minusDays(3));
    server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.click("nav >> text=Figures");
      page.fill("#segment", segment);
      page.click("form.filters button");
      assertThat(page.textContent("[data-testid=aged]")).contains("1,234.50", "10.00");
      assertThat(page.locator("[data-testid=aged] .chart svg").count())
          .as("a chart a currency")
          .isEqualTo(2);
      assertThat(page.locator("[data-testid=aged] .chart pattern").count())
          .as("readable without colour")
          .isPositive();
      page.click("[data-testid=open] td summary >> nth=0");
      assertThat(page.textContent("[data-testid=open]")).contains("sales of the last 90 days x 90");
      assertThat(page.textContent("[data-testid=open]"))
          .contains("cannot be computed, because nothing is known to have been open");
      List<String> wrong = new ArrayList<>();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        new AxeBuilder(page)
            .withTags(RULES)
            .analyze()
            .getViolations()
            .forEach(rule -> wrong.add(scheme + ": " + rule.getId() + " " + rule.getNodes()));
      }
      assertThat(wrong).isEmpty();
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/screenshots/figures.png")));

      String query = "?segment=" + segment;
      APIResponse items =
          page.request().get(server.url() + "/figures/export.csv" + query + "&table=items");
      assertThat(items.headers().get("content-disposition")).startsWith("attachment");
      assertThat(items.text()).contains("Story & Sons").contains("1234.50");
      APIResponse book = page.request().get(server.url() + "/figures/export.xlsx" + query);
      assertThat(book.status()).isEqualTo(200);
      assertThat(new String(book.body(), 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
      assertThat(
              page.request()
                  .get(server.url() + "/figures/export.csv" + query + "&table=nothing")
                  .status())
          .isEqualTo(400);

      page.click("[data-testid=aged] a >> text=1,234.50");
      assertThat(page.textContent("main")).contains(payer.number() + "-1", "31 to 60 days");
      assertThat(page.textContent("main")).doesNotContain(payer.number() + "-2");
      page.click("text=Back to the figures");
      assertThat(page.inputValue("#segment")).isEqualTo(segment);
      page.click("[data-testid=open] td a >> nth=0");
      assertThat(page.textContent("main")).contains(payer.number() + "-1");
      page.navigate(server.url() + "/figures?asOf=2099-01-01");
      assertThat(page.textContent("[data-testid=problem]")).contains("up to today");
    }
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      assertThat(browser.page().navigate(server.url() + "/figures").status()).isEqualTo(403);
    }
  }

  @Test
  void everyInvoiceIsOnOneOfThePages() {
    PayerFixture payer = aPayer(server);
    String segment = "many-" + payer.number();
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,segment,invoice_number,issue_date,due_date,amount,currency\n");
    for (int n = 1; n <= 205; n++) {
      csv.append(
          "%1$s,Story & Sons,%2$s,%1$s-%3$d,%4$s,%4$s,10.00,EUR\n"
              .formatted(payer.number(), segment, n, payer.today().plusDays(30)));
    }
    server.importLedger(csv.toString().getBytes(StandardCharsets.UTF_8), Map.of()).expect(200);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      List<String> seen = new ArrayList<>();
      for (int number = 0; number < 3; number++) {
        page.navigate(
            server.url() + "/figures/items?bucket=not-due&segment=" + segment + "&page=" + number);
        seen.addAll(page.locator("tbody tr td:first-child").allTextContents());
      }
      assertThat(seen).hasSize(205).doesNotHaveDuplicates();
    }
  }
}
