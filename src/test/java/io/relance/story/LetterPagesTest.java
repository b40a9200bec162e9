package io.relance.story;

import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The pages of letters and documents, in the Chromium of the machine. */
@DisplayName("Letters and documents in a browser")
@EnabledIf(
    value = "io.relance.support.AgentBrowser#isAvailable",
    disabledReason = "there is no Chromium on this machine")
class LetterPagesTest {

  private final Server server = SharedServer.get();

  @Test
  void anAgentPrintsAndPostsABatch() {
    SharedServer.beginOnAMonday();
    PayerFixture payer =
        aPayerWithoutAddress(server)
            .withPostalAddress("1 <b>High</b> Street, London W1")
            .owes(1, "80.00", "EUR", 4);
    payer.awaitTask("Task_PostLetter");
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      page.click("nav >> text=Letters");
      assertThat(page.textContent("main")).contains("1 <b>High</b> Street, London W1");
      shoot(page, "letters");
      page.click("[data-testid=make-batch]");
      long batch =
          server.count(
              "SELECT MAX(i.batch_id) FROM print_batch_item i JOIN notice n ON n.id = i.notice_id"
                  + " JOIN payer p ON p.id = n.payer_id WHERE p.number = ?",
              payer.number());
      page.navigate(server.url() + "/letters/batches/" + batch);
      assertThat(page.textContent("main")).contains("1 <b>High</b> Street, London W1", "to post");
      assertThat(page.locator("[data-testid=item-task]").count()).isPositive();
      shoot(page, "batch");
      isShown(page, "/letters/batches/" + batch + ".pdf", "application/pdf");
      isShown(page, "/messages/" + letterOf(payer) + "/letter.pdf", "application/pdf");
      APIResponse list = page.request().get(server.url() + "/letters/batches/" + batch + ".csv");
      assertThat(list.headers().get("content-disposition")).startsWith("attachment");
      page.navigate(server.url() + "/messages/" + letterOf(payer));
      assertThat(page.locator("[data-testid=letter-pdf]").count()).isEqualTo(1);
      page.navigate(server.url() + "/letters/batches/" + batch);
      page.click("[data-testid=batch-posted]");
      page.waitForSelector("[data-testid=report]");
      shoot(page, "batch-posted");
    }
    payer.awaitEnds("payer-letter", "EndEvent_LetterPosted");
    assertThat(payer.sent()).containsExactly("letter by post");
  }

  private long letterOf(PayerFixture payer) {
    return server.count(
        "SELECT MAX(n.id) FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ?",
        payer.number());
  }

  private void isShown(Page page, String path, String type) {
    APIResponse file = page.request().get(server.url() + path);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.headers().get("content-type")).isEqualTo(type);
    assertThat(file.headers().get("content-disposition")).startsWith("inline");
    assertThat(file.headers().get("x-content-type-options")).isEqualTo("nosniff");
    assertThat(new String(file.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
  }

  @Test
  void anInvoicesPdfIsKeptFromItsPage(@TempDir Path folder) throws IOException {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "80.00", "EUR", -60);
    Path pdf = folder.resolve("Invoice one.pdf");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(out);
    }
    Files.write(pdf, out.toByteArray());
    Path other = folder.resolve("other.pdf");
    Files.writeString(other, "no PDF");
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("agent");
      Page page = browser.page();
      upload(page, payer, other);
      assertThat(page.textContent("[data-testid=problem]")).contains("does not begin with %PDF-");
      upload(page, payer, pdf);
      assertThat(page.textContent("[data-testid=document-link]")).isEqualTo("Invoice one.pdf");
      shoot(page, "invoice-document");
    }
    assertThat(server.download("/api/v1/invoices/" + payer.invoice(1) + "/document", "agent"))
        .isEqualTo(out.toByteArray());
  }

  private void upload(Page page, PayerFixture payer, Path file) {
    page.navigate(server.url() + "/invoices/" + payer.invoice(1));
    page.click("[data-testid=document] summary");
    page.setInputFiles("#document-file", file);
    page.click("[data-testid=document] details button");
    page.waitForURL("**/invoices/" + payer.invoice(1));
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + ".png")));
  }
}
