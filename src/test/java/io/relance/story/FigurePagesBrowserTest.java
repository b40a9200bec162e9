package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.relance.support.AgentBrowser;
import io.relance.support.EnglishLeft;
import io.relance.support.PayerFixture;
import io.relance.support.PayerFixture.Item;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A manager's rates, rows, report and settings in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class FigurePagesBrowserTest {

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final Server server = SharedServer.get();

  @Test
  void ratesLeadToASumAndNumbersToTheirRows(@TempDir Path folder) throws IOException {
    SharedServer.beginOnAMonday();
    PayerFixture payer = aPayer(server);
    String segment = "pages-" + payer.number();
    payer
        .inSegment(segment)
        .owes(
            item(1, "1234.50", "EUR", 40),
            item(2, "120.00", "USD", 5),
            item(4, "880.00", "EUR", -12),
            item(5, "460.00", "EUR", 70),
            item(6, "350.00", "EUR", 120),
            new Item(3, "50.00", "EUR", 3, "yes", ""));
    await().atMost(Duration.ofSeconds(60)).until(() -> payer.mails().size() == 1);
    Path file = folder.resolve("rates.csv");
    Files.writeString(
        file,
        "Date,USD,\n%s,1.2,\nsoon,1.2,\n".formatted(payer.today().minusDays(1)),
        StandardCharsets.UTF_8);
    List<String> wrong = new ArrayList<>();
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("manager");
      Page page = browser.page();
      page.navigate(server.url() + "/figures?segment=" + segment);
      assertThat(page.textContent("[data-testid=group]"))
          .contains("not available, because no group currency was chosen");
      page.click("[data-testid=rates-page]");
      page.fill("#group", "EUR");
      page.click("[data-testid=choose]");
      assertThat(page.textContent("[data-testid=said]")).contains("The group currency is kept.");
      page.setInputFiles("#file", file);
      page.click("[data-testid=import]");
      assertThat(page.textContent("[data-testid=report]"))
          .contains("Rates taken: 1", "the date is 'soon': write it like");
      faults(page, "/figures/rates", wrong);
      page.fill("#base", "EUR");
      page.fill("#rate", "much");
      page.fill("#currency", "USD");
      page.fill("#day", payer.today().toString());
      page.fill("#source", "bank");
      page.click("[data-testid=enter]");
      assertThat(page.textContent("[data-testid=problem]")).contains("no number such as 1.0850");

      page.navigate(server.url() + "/figures?segment=" + segment);
      assertThat(page.textContent("[data-testid=group]"))
          .as("2974.50 + 120 / 1.2")
          .contains("3,074.50");
      assertThat(page.textContent("[data-testid=rates-used]")).contains("1 EUR = 1.2");
      assertThat(page.textContent("[data-testid=disputes]")).contains("told by the ledger file");
      faults(page, "/figures", wrong);
      page.setViewportSize(1280, 1100);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/manager-top.png")));
      page.click("[data-testid=messages] td a >> nth=0");
      assertThat(page.textContent("main")).contains(payer.number(), "courteous");
      faults(page, "/figures/contacts", wrong);
      assertThat(
              page.request()
                  .get(server.url() + "/figures/contacts.csv?kind=message&segment=" + segment)
                  .text())
          .contains(payer.number());
      page.navigate(server.url() + "/figures?segment=" + segment);
      page.click("[data-testid=disputes] td a >> nth=0");
      assertThat(page.textContent("main"))
          .contains(payer.invoice(3), "50.00", "told by the ledger");
      faults(page, "/figures/agreements", wrong);
      assertThat(
              page.request()
                  .get(server.url() + "/figures/agreements.csv?kind=dispute&segment=" + segment)
                  .text())
          .contains(payer.invoice(3));
      page.navigate(server.url() + "/figures?segment=" + segment);
      page.click("[data-testid=cash] td a >> nth=0");
      assertThat(page.textContent("main")).as("due in twelve days").contains(payer.invoice(4));
      assertThat(page.getAttribute("[data-testid=back]", "href"))
          .as("back to all currencies of the segment")
          .contains("currency=&segment=" + segment);
      assertThat(page.textContent("main")).doesNotContain(payer.invoice(1));
      page.navigate(server.url() + "/figures/items?bucket=week-soon");
      assertThat(page.textContent("[data-testid=problem]")).contains("like week-2026-03-02");
      page.navigate(server.url() + "/figures/agreements?kind=nothing");
      assertThat(page.textContent("[data-testid=problem]"))
          .contains("promise-made, plan, instalment, dispute");
      String monday = payer.today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) + "";
      payer.pays(5, "60.00", "EUR");
      for (String rows : List.of("predicted", "receipts", "forecasts")) {
        page.navigate(server.url() + "/figures/" + rows + "?in=EUR&week=" + monday);
        assertThat(page.textContent("[data-testid=week]")).startsWith("Week from");
        faults(page, "/figures/" + rows, wrong);
        assertThat(
                page.request()
                    .get(server.url() + "/figures/" + rows + ".csv?in=EUR&week=" + monday)
                    .status())
            .isEqualTo(200);
      }
      page.navigate(server.url() + "/figures/receipts?in=EUR&week=" + monday);
      assertThat(page.textContent("main")).contains(payer.invoice(5), "60.00");
      assertThat(page.getAttribute("[data-testid=csv]", "href")).contains("in=EUR&");
      assertThat(page.getAttribute("[data-testid=back]", "href"))
          .as("back to all currencies")
          .contains("currency=&");
      assertThat(page.navigate(server.url() + "/figures/receipts?in=EUR&week=soon").status())
          .isEqualTo(400);
      assertThat(page.textContent("[data-testid=problem]"))
          .contains("week is 'soon', which cannot be read: write a day");
      page.navigate(server.url() + "/figures/receipts?in=EUR");
      assertThat(page.textContent("[data-testid=problem]")).contains("name a Monday");
      page.navigate(server.url() + "/figures/predicted?week=" + monday);
      assertThat(page.textContent("[data-testid=problem]")).contains("currency is missing");
      page.navigate(server.url() + "/figures/uncovered?segment=" + segment);
      faults(page, "/figures/uncovered", wrong);
      APIResponse report =
          page.request()
              .get(
                  server.url()
                      + "/figures/report.pdf?month="
                      + payer.today().toString().substring(0, 7));
      assertThat(report.headers().get("content-type")).isEqualTo("application/pdf");

      page.navigate(server.url() + "/me");
      page.fill("#email", "mona@atelier-moreau.example");
      page.click("[data-testid=keep-email]");
      page.click("[data-testid=wish]");
      assertThat(page.textContent("[data-testid=weekly-state]")).isEqualTo("You receive it.");
      faults(page, "/me", wrong);
      page.click("[data-testid=end]");
      assertThat(page.textContent("[data-testid=weekly-state]"))
          .isEqualTo("You do not receive it.");
    }
    try (AgentBrowser browser = AgentBrowser.open(server.url(), "fr-FR")) {
      browser.logIn("manager");
      for (String path :
          List.of(
              "/figures",
              "/figures/rates",
              "/me",
              "/figures/contacts?kind=message",
              "/figures/agreements?kind=dispute",
              "/figures/predicted?in=EUR&week=2026-03-02",
              "/figures/receipts?in=EUR&week=2026-03-02",
              "/figures/receipts?in=EUR",
              "/figures/receipts?in=EUR&week=soon",
              "/figures/forecasts?in=EUR&ahead=1")) {
        browser.page().navigate(server.url() + path);
        EnglishLeft.on(browser.page(), "[translate=no]")
            .forEach(text -> wrong.add("fr " + path + ": " + text));
        assertThat(browser.page().content()).as(path).doesNotContain("??");
      }
      Files.write(
          Path.of("target", "report-fr.pdf"),
          browser
              .page()
              .request()
              .get(
                  server.url()
                      + "/figures/report.pdf?month="
                      + payer.today().toString().substring(0, 7))
              .body());
    } finally {
      server
          .put("/api/v1/analytics/group-currency", "{\"currency\":\"\",\"daysMax\":7}", "manager")
          .expect(200);
    }
    assertThat(wrong).isEmpty();
  }

  private static void faults(Page page, String path, List<String> wrong) {
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      boolean dark = scheme == ColorScheme.DARK;
      page.setViewportSize(dark ? 800 : 1280, 800);
      new AxeBuilder(page)
          .withTags(RULES)
          .analyze()
          .getViolations()
          .forEach(
              rule -> wrong.add(path + " " + scheme + ": " + rule.getId() + " " + rule.getNodes()));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(
                  Path.of(
                      "target/screenshots/manager"
                          + path.replace('/', '-')
                          + "-"
                          + scheme
                          + ".png")));
    }
  }
}
