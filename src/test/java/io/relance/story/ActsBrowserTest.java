package io.relance.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("What an agent does from a payer's file, in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class ActsBrowserTest {

  private static final String SCRIPT = "<script>window.hit=1</script>";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aPaymentIsTakenAndUndoneAndAChequeBecomesAPromise() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 5);
    await().atMost(Duration.ofSeconds(40)).until(() -> payer.mails().size() == 1);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = open(browser, payer);
      pays(page, "800", "cash");
      assertThat(page.locator("[role=alert]")).containsText("only 80.00 EUR is open");
      assertThat(page.locator("#pay-amount")).hasValue("800");
      page.locator("#pay-amount").fill("80");
      page.click("[data-testid=payment-submit]");
      assertThat(page.locator("[data-testid=act]").first())
          .containsText("Payment taken: 80.00 EUR");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/screenshots/acts.png")));
      page.locator("[data-testid=undo]").first().click();
      assertThat(page.locator("[data-testid=items]")).containsText("80.00\u00a0EUR");
      assertThat(page.locator(".timeline .undone").first()).containsText("Payment taken");

      pays(page, "80", "cheque");
      assertThat(page.locator("[role=alert]")).containsText("no money before it is cashed");
      assertThat(page.locator("#instead-amount")).hasValue("80");
      page.locator("#instead-for").fill(payer.today().plusDays(4).toString());
      page.click("[data-testid=promise-submit]");
      assertThat(page.locator("[data-testid=act]").first()).containsText("Promised 80.00 EUR");
      page.navigate(server.url() + "/invoices/" + payer.invoice(1));
      page.locator("[data-testid=undo]").first().click();
      page.waitForURL("**/invoices/**");
      assertThat(page.locator(".timeline .undone").first()).containsText("Promised 80.00 EUR");
    }
  }

  private static void pays(Page page, String amount, String means) {
    page.locator("[data-testid=take-payment] > summary").click();
    page.locator("#pay-amount").fill(amount);
    page.locator("#pay-means").selectOption(means);
    page.click("[data-testid=payment-submit]");
  }

  @Test
  void whatIsTypedIsShownAndNeverRun() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 5);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = open(browser, payer);
      types(page, "note", "#note-text");
      page.click("[data-testid=note-submit]");
      types(page, "take-payment", "#pay-reference");
      page.locator("#pay-amount").fill("5");
      page.click("[data-testid=payment-submit]");
      types(page, "ask", "#ask-question");
      page.locator("#ask-of").selectOption("login:manager");
      page.click("[data-testid=ask-submit]");
      types(page, "add-contact", "#contact-name-new");
      page.locator("#contact-role-new").fill(SCRIPT);
      page.locator("#contact-note-new").fill(SCRIPT);
      page.locator("#contact-phone-new").fill("+33 1 02 03");
      page.click("[data-testid=contact-submit]");
      page.locator("[data-testid=add-file] > summary").click();
      page.locator("#kept-file")
          .setInputFiles(
              new FilePayload(
                  SCRIPT + ".pdf",
                  "application/pdf",
                  "%PDF-1.7 <script>window.hit=1</script>".getBytes(StandardCharsets.UTF_8)));
      page.click("[data-testid=file-submit]");

      assertThat(page.locator("[data-testid=contacts]")).containsText(SCRIPT);
      assertThat(page.locator("[data-testid=questions]")).containsText(SCRIPT);
      assertThat(page.locator("[data-testid=files]")).containsText("script-.pdf");
      assertThat(page.locator("[data-testid=done]").innerHTML()).doesNotContain("<script");
      assertThat(page.locator("main script:not([type='application/json'])").count()).isZero();
      assertThat(page.evaluate("window.hit")).isNull();
      page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        assertThat(
                new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"))
                        .exclude("iframe")
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(rule -> rule.getId() + rule.getNodes().getFirst().getHtml()))
            .as("in " + scheme)
            .isEmpty();
      }
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/screenshots/acts-open.png")));

      browser.logIn("manager");
      Locator asked = page.locator("[data-testid=asked-of-me]");
      asked.locator("summary").click();
      assertThat(asked).containsText(SCRIPT);
      assertThat(page.evaluate("window.hit")).isNull();
      asked.locator("input[name=answer]").last().fill(SCRIPT + " no");
      asked.locator("[data-testid=answer-submit]").last().click();
      browser.logIn("agent");
      Locator answers = page.locator("[data-testid=answers-for-me]");
      answers.locator("summary").click();
      assertThat(answers).containsText(SCRIPT + " no");
      assertThat(page.evaluate("window.hit")).isNull();
    }
  }

  private static void types(Page page, String form, String field) {
    page.locator("[data-testid=" + form + "] > summary").click();
    page.locator(field).fill(SCRIPT);
  }

  private Page open(AgentBrowser browser, PayerFixture payer) {
    browser.logIn("agent");
    browser.page().navigate(server.url() + "/customers/" + payer.number());
    return browser.page();
  }
}
