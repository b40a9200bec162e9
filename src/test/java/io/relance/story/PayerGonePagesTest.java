package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What a manager reads and does on the pages of customers who are merged or erased. */
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class PayerGonePagesTest {

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aManagerReadsWhatMovesAndMerges() {
    PayerFixture left = aPayer(server).owes(1, "70.00", "EUR", -20);
    PayerFixture gone = aPayer(server).owes(1, "80.00", "EUR", -20);
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      Page page = browser.page();
      browser.logIn("agent");
      page.navigate(customer(gone));
      assertThat(page.locator("[data-testid=merge]").count()).as("not an agent's").isZero();
      page.context().clearCookies();
      browser.logIn("manager");
      page.navigate(customer(gone));
      page.locator("[data-testid=merge] summary").click();
      page.fill("#merge-into", "nobody-here");
      page.locator("[data-testid=merge-ask]").click();
      assertThat(page.locator("p.note.bad[role=alert]").textContent()).contains("nobody-here");
      page.locator("[data-testid=merge] summary").click();
      page.fill("#merge-into", left.number());
      page.locator("[data-testid=merge-ask]").click();
      assertThat(page.locator("[data-testid=moves]").textContent())
          .contains("invoices and credit notes");
      assertThat(page.locator("[data-testid=no-undo]").textContent()).contains("cannot be undone");
      assertUsable(page);
      page.setExtraHTTPHeaders(Map.of("Accept-Language", "fr"));
      page.reload();
      assertThat(page.locator("[data-testid=no-undo]").textContent())
          .contains("Une fusion est définitive");
      page.setExtraHTTPHeaders(Map.of());
      page.reload();
      page.locator("[data-testid=merge-now]").click();
      page.waitForURL("**/customers/" + left.number());
      assertThat(page.locator("[data-testid=merged]").textContent())
          .contains(gone.number(), left.number());
      assertThat(page.locator("[data-testid=former-number]").textContent())
          .contains(gone.number(), gone.email(), "manager");
      assertUsable(page);

      page.navigate(customer(gone));
      assertThat(page.locator("[data-testid=former]").textContent())
          .contains(gone.number() + " was merged into " + left.number() + " by manager");
      assertUsable(page);
      page.locator("[data-testid=survivor]").click();
      page.waitForURL("**/customers/" + left.number());

      page.locator("[data-testid=credit-form] summary").click();
      page.fill("#credit-limit", "100,00");
      page.locator("[data-testid=credit-submit]").click();
      assertThat(page.locator("[data-testid=credit-warning]").textContent())
          .contains("More is open than the credit limit allows");
      assertThat(page.locator("[data-testid=credit-limit]").textContent()).contains("150");
      assertUsable(page);

      page.locator("[data-testid=erase] summary").click();
      page.fill("#erase-reason", "asked by letter");
      page.locator("[data-testid=erase-submit]").click();
      assertThat(page.locator("p.note.bad[role=alert]").textContent()).contains("is still open");
      left.pays(1, "70.00", "EUR");
      gone.pays(1, "80.00", "EUR");
      page.locator("[data-testid=erase] summary").click();
      page.fill("#erase-reason", "asked by letter");
      page.locator("[data-testid=erase-submit]").click();
      assertThat(page.locator("[data-testid=erased]").textContent())
          .contains("was erased by manager", "kept for accounting until 31 Dec");
      assertUsable(page);
    }
    assertThat(server.get("/api/v1/customers/" + left.number()).json().path("email").isNull())
        .isTrue();
  }

  private String customer(PayerFixture payer) {
    return server.url() + "/customers/" + payer.number();
  }

  private static void assertUsable(Page page) {
    assertThat(
            new AxeBuilder(page)
                    .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                    .exclude("iframe")
                    .analyze()
                    .getViolations()
                    .stream()
                    .map(rule -> rule.getId() + " " + rule.getNodes())
                    .toList())
        .as(page.url())
        .isEmpty();
  }
}
