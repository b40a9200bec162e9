package io.relance.story;

import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.relance.support.AgentBrowser;
import io.relance.support.EnglishLeft;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@DisplayName("The pages in French")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class FrenchPagesTest {

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void whoReadsFrenchFindsNoEnglish() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "1450.00", "EUR", 5);
    String task = aTaskOf(payer);
    List<String> left = new ArrayList<>();
    try (AgentBrowser browser = AgentBrowser.open(server.url(), "fr-FR")) {
      Page page = browser.page();
      page.navigate(server.url() + "/login");
      left.addAll(EnglishLeft.on(page));
      assertThat(page.textContent("button")).isEqualTo("Se connecter");
      browser.logIn("admin");
      for (String path :
          List.of(
              "/tasks?who=all",
              "/tasks/" + task,
              "/workload",
              "/workload/agent",
              "/figures",
              "/figures/items",
              "/absences",
              "/customers/" + payer.number(),
              "/invoices/" + payer.invoice(1),
              "/invoices",
              "/messages",
              "/inbox",
              "/letters",
              "/payments",
              "/mail",
              "/teams",
              "/imports",
              "/rates",
              "/templates",
              "/templates/fr/firm/email",
              "/flow/invoice-collection",
              "/figures/rates",
              "/figures/uncovered",
              "/me",
              "/studio",
              "/studio/history/treatment.dmn",
              "/studio/compare/treatment.dmn",
              "/studio/try/treatment.dmn",
              "/studio/edit/treatment.dmn",
              "/studio/deploy",
              "/operations")) {
        page.navigate(server.url() + path);
        assertThat(page.getAttribute("html", "lang")).isEqualTo("fr");
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(
                    Path.of(
                        "target/screenshots/fr"
                            + path.replaceAll("\\?.*", "").replace('/', '-')
                            + ".png")));
        EnglishLeft.on(
                page, "#form", ".diagram", "#canvas", "#properties", "textarea", "[translate=no]")
            .forEach(text -> left.add(path + ": " + text));
        assertThat(page.content()).as(path).doesNotContain("??");
      }
      page.navigate(server.url() + "/tasks/" + task);
      assertThat(page.textContent("h1")).startsWith("Appeler le payeur");
      assertThat(page.textContent("[data-testid=aged]")).contains("1\u202f450,00\u00a0EUR");
      page.navigate(server.url() + "/nothing-here");
      assertThat(page.textContent("h1")).isEqualTo("Il n\u2019y a rien \u00e0 cette adresse");
    }
    assertThat(left).isEmpty();
  }

  @Test
  void theListActsInFrench() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "460.00", "EUR", 5);
    aTaskOf(payer);
    try (AgentBrowser browser = AgentBrowser.open(server.url(), "fr-FR")) {
      browser.logIn("agent");
      Page page = browser.page();
      page.navigate(server.url() + "/tasks?customer=" + payer.number());
      assertThat(page.textContent("[data-testid=marked]")).isEqualTo("0 coch\u00e9e");
      page.keyboard().press("t");
      page.waitForSelector("[data-testid=report]:visible");
      assertThat(page.textContent("[data-testid=report]")).contains("Cochez d\u2019abord");
      page.keyboard().press("j");
      page.keyboard().press("t");
      PlaywrightAssertions.assertThat(page.locator("[data-testid=report]"))
          .containsText("1 t\u00e2che prise.");
    }
  }

  @Test
  void theSwitchIsRememberedAndLeadsBackToThePage() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "480.00", "EUR", 5);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      String invoices = server.url() + "/tasks?who=all&customer=" + payer.number();
      page.navigate(invoices);
      assertThat(page.getAttribute("html", "lang")).isEqualTo("en");
      page.click("[data-testid=language]");
      page.waitForSelector("html[lang=fr]");
      assertThat(page.url()).isEqualTo(invoices);
      page.navigate(server.url() + "/customers/" + payer.number());
      assertThat(page.getAttribute("html", "lang")).isEqualTo("fr");
      browser.logIn("agent");
      assertThat(page.textContent("h1")).startsWith("Liste de travail");
      page.click("[data-testid=language]");
      page.waitForSelector("html[lang=en]");
      assertThat(page.textContent("h1")).startsWith("Work list");
    }
  }

  private static String aTaskOf(PayerFixture payer) {
    await().atMost(Duration.ofSeconds(60)).until(() -> payer.openTasks().size() == 1);
    return payer.openTasks().get(0).path("key").asString();
  }
}
