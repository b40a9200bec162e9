package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A manager's figures over several currencies, of forecasts that were, and on paper. */
class GroupFiguresStoryTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMondayWithoutRates() {
    SharedServer.beginOnAMonday();
    server.database().update("DELETE FROM exchange_rate");
  }

  @AfterEach
  void noGroupCurrency() {
    server
        .put("/api/v1/analytics/group-currency", "{\"currency\":\"\",\"daysMax\":7}", "manager")
        .expect(200);
  }

  @Test
  void aSumOverCurrenciesHasItsRatesOrIsNotThere() {
    PayerFixture payer = aPayer(server);
    String segment = "group-" + payer.number();
    payer
        .inSegment(segment)
        .owes(
            item(1, "100.00", "EUR", 5), item(2, "108.50", "USD", 40), item(3, "1000", "JPY", -20));
    LocalDate today = payer.today();
    assertThat(group(segment).path("because").asString())
        .isEqualTo("not available, because no group currency was chosen");
    choose("EUR", 7);
    server
        .put(
            "/api/v1/analytics/exchange-rates/EUR/USD/" + today.minusDays(2),
            "{\"rate\":1.0850,\"source\":\"a story\"}",
            "manager")
        .expect(204);
    JsonNode gap = group(segment);
    assertThat(gap.path("because").asString())
        .contains("there is no rate between JPY and EUR of " + today + " or earlier");
    assertThat(gap.path("total").isNull()).as("no sum of a part").isTrue();

    String file =
        "Date,USD,JPY,\n%s,1.2000,200.00,\n%s,soon,161.37,\n%s,1.0850,161.37,\n"
            .formatted(today.minusDays(20), today.minusDays(3), today.minusDays(9));
    JsonNode report =
        server
            .upload(
                "/api/v1/analytics/exchange-rates/file",
                file.getBytes(StandardCharsets.UTF_8),
                Map.of())
            .expect(200)
            .json();
    assertThat(report.path("rates").asInt()).isEqualTo(4);
    assertThat(report.at("/errors/0/line").asInt()).isEqualTo(3);
    assertThat(report.at("/errors/0/message").asString()).contains("USD is 'soon'");
    assertThat(group(segment).path("because").asString())
        .contains("the newest rate between JPY and EUR is of " + today.minusDays(9), "7 days");

    choose("EUR", 10);
    JsonNode sum = group(segment);
    assertThat(sum.path("because").isNull()).isTrue();
    assertThat(sum.path("total").asString())
        .as("100 + 108.50 / 1.085 + 1000 / 161.37")
        .isEqualTo("206.20");
    assertThat(sum.at("/buckets/0/amount").asString()).as("not due").isEqualTo("6.20");
    assertThat(sum.at("/buckets/2/amount").asString()).as("31-60").isEqualTo("100.00");
    assertThat(sum.path("rates").toString())
        .contains("1 EUR = 1.085 USD", today.minusDays(2).toString(), "1 EUR = 161.37 JPY");

    choose("GBP", 10);
    assertThat(group(segment).path("because").asString()).contains("between EUR and GBP");
    server
        .put(
            "/api/v1/analytics/exchange-rates/EUR/GBP/" + today.minusDays(2),
            "{\"rate\":0.8000,\"source\":\"a story\"}",
            "manager")
        .expect(204);
    server
        .put(
            "/api/v1/analytics/exchange-rates/EUR/JPY/" + today.minusDays(2),
            "{\"rate\":160,\"source\":\"a story\"}",
            "manager")
        .expect(204);
    assertThat(group(segment).path("total").asString())
        .as("100 x 0.8 + 108.50 x 0.8 / 1.085 + 1000 x 0.8 / 160")
        .isEqualTo("165.00");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE actor = 'manager' AND action = 'choose-group-currency'"))
        .isPositive();
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'import-exchange-rates' AND detail = '4 rates'"))
        .isPositive();
  }

  private void choose(String currency, int days) {
    server
        .put(
            "/api/v1/analytics/group-currency",
            "{\"currency\":\"%s\",\"daysMax\":%d}".formatted(currency, days),
            "manager")
        .expect(200);
  }

  private JsonNode group(String segment) {
    return server.get("/api/v1/analytics/group?segment=" + segment, "manager").expect(200).json();
  }

  @Test
  void aForecastIsKeptAndComparedOnceItsWeekIsOver() {
    PayerFixture payer = aPayer(server).owes(1, "100.00", "SGD", -9);
    server.advance("P7D"); // the Monday of the week in which it is due
    payer.pays(1, "40.00", "SGD");
    server.advance("P7D");
    JsonNode of =
        server
            .get("/api/v1/analytics/forecast-accuracy?currency=SGD", "manager")
            .expect(200)
            .json()
            .at("/currencies/0");
    assertThat(of.path("currency").asString()).isEqualTo("SGD");
    JsonNode near = of.at("/distances/0");
    assertThat(near.path("weeksAhead").asInt()).isEqualTo(1);
    assertThat(near.at("/due/weeks").asInt()).isEqualTo(1);
    assertThat(near.at("/due/bias/value").asDouble()).as("(100 - 40) / 40").isEqualTo(150.0);
    assertThat(near.at("/due/bias/definition").asString()).contains("too hopeful");
    JsonNode week = of.at("/weeks/0");
    assertThat(week.path("due").asString()).isEqualTo("100.00");
    assertThat(week.path("came").asString()).isEqualTo("40.00");
    String monday = payer.today().minusDays(7).toString();
    assertThat(week.path("monday").asString()).isEqualTo(monday);
    JsonNode receipts =
        server
            .get("/api/v1/analytics/receipts/items?currency=SGD&week=" + monday, "manager")
            .expect(200)
            .json()
            .path("items");
    assertThat(receipts.size()).isEqualTo(1);
    assertThat(receipts.at("/0/invoice").asString()).isEqualTo(payer.invoice(1));
    assertThat(receipts.at("/0/amount").asString()).isEqualTo("40.00");
    assertThat(
            server
                .get(
                    "/api/v1/analytics/receipts/items?currency=SGD&week="
                        + payer.today().minusDays(14),
                    "manager")
                .expect(200)
                .json()
                .path("items")
                .size())
        .as("nothing came in the week before")
        .isZero();
    assertThat(
            server
                .get("/api/v1/analytics/forecast-accuracy?currency=SGD&segment=some", "manager")
                .expect(200)
                .json()
                .path("currencies")
                .size())
        .as("forecasts are not kept by customer")
        .isZero();
  }

  @Test
  void numbersLeadToTheirRows() {
    PayerFixture payer = aPayer(server);
    String segment = "rows-" + payer.number();
    payer.inSegment(segment).owes(item(1, "100.00", "EUR", 5), item(2, "70.00", "EUR", 6));
    server
        .put(
            "/api/v1/invoices/" + payer.invoice(2) + "/exclusion",
            "{\"reason\":\"left to the notary\"}",
            "manager")
        .expect(204);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode covered = coverage(segment);
              assertThat(covered.path("overdue").asInt()).isEqualTo(2);
              assertThat(covered.path("withProcess").asInt()).isEqualTo(1);
              assertThat(covered.path("excluded").asInt()).isEqualTo(1);
              assertThat(covered.at("/share/value").asDouble()).isEqualTo(50.0);
            });
    assertThat(coverage("nobody-" + segment).at("/share/because").asString())
        .isEqualTo("cannot be computed, because nothing is overdue");
    JsonNode uncovered =
        server
            .get("/api/v1/analytics/coverage/items?segment=" + segment, "manager")
            .expect(200)
            .json();
    assertThat(uncovered.path("items").size()).isEqualTo(1);
    assertThat(uncovered.at("/items/0/invoice").asString()).isEqualTo(payer.invoice(2));
    assertThat(uncovered.at("/items/0/why").asString()).isEqualTo("left to the notary");
    JsonNode messages =
        server
            .get(
                "/api/v1/analytics/contacts/items?kind=message&channel=email&result=sent&segment="
                    + segment,
                "manager")
            .expect(200)
            .json();
    assertThat(messages.path("items").size()).isEqualTo(1);
    assertThat(messages.at("/items/0/customer").asString()).isEqualTo(payer.number());
    assertThat(messages.at("/items/0/tone").asString()).isEqualTo("courteous");
    assertThat(contacts("kind=call&segment=" + segment).path("items").size()).isZero();
    assertThat(contacts("kind=answer&segment=" + segment).path("items").size()).isZero();
    assertThat(contacts("kind=message&result=failed&segment=" + segment).path("items").size())
        .isZero();
    assertThat(contacts("kind=message&band=E&segment=" + segment).path("items").size())
        .as("a payer of band C")
        .isZero();
    server.get("/api/v1/analytics/contacts/items?kind=letter", "manager").expect(400);
    server.get("/api/v1/analytics/contacts/items?kind=message", "agent").expect(403);
    assertThat(server.get("/api/v1/analytics/aged-balance?band=F", "manager").expect(400).body())
        .contains("band can be A to E");
  }

  private JsonNode coverage(String segment) {
    return server
        .get("/api/v1/analytics/coverage?segment=" + segment, "manager")
        .expect(200)
        .json();
  }

  private JsonNode contacts(String query) {
    return server.get("/api/v1/analytics/contacts/items?" + query, "manager").expect(200).json();
  }

  @Test
  void theMonthIsPrinted() throws IOException {
    PayerFixture payer = aPayer(server);
    payer.owes(item(1, "123.45", "EUR", 40), item(2, "66.00", "USD", 5));
    YearMonth month = YearMonth.from(payer.today());
    byte[] pdf = server.download("/api/v1/analytics/report/" + month + ".pdf?by=due", "manager");
    Files.write(Path.of("target", "report.pdf"), pdf);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains(
              "Receivables report",
              "Aged balance",
              "Total to collect",
              "sales of the last 90 days");
      assertThat(text).contains("How right past forecasts were", "The month is not over");
      assertThat(document.getDocumentInformation().getTitle()).startsWith("Receivables report");
      assertThat(
              new String(
                  document.getDocumentCatalog().getMetadata().toByteArray(),
                  StandardCharsets.UTF_8))
          .contains("<pdfaid:part>2</pdfaid:part>");
    }
    byte[] before =
        server.download("/api/v1/analytics/report/" + month.minusMonths(1) + ".pdf", "manager");
    try (PDDocument document = Loader.loadPDF(before)) {
      String text = new PDFTextStripper().getText(document);
      assertThat(text).contains("At the end of").doesNotContain("Expected cash by week");
    }
    assertThat(
            server
                .get("/api/v1/analytics/report/" + month.plusMonths(1) + ".pdf", "manager")
                .expect(400)
                .body())
        .contains("ask for one that has begun");
    assertThat(server.get("/api/v1/analytics/report/march.pdf", "manager").expect(400).body())
        .contains("write it like 2026-03");
    server.get("/api/v1/analytics/report/" + month + ".pdf", "agent").expect(403);
  }
}
