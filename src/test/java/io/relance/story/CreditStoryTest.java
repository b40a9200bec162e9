package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How far a payer is trusted, who answers for them, and what warns of it. */
class CreditStoryTest {

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aLimitShowsHowMuchOfItIsUsed() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "750.00", "EUR", -20), item(2, "99.00", "USD", -20));
    assertThat(credit(payer).path("now").isNull()).isTrue();
    enter(payer, "{\"currency\":\"EUR\",\"limit\":1000.00,\"rating\":\"B2\"}", 204);
    assertThat(credit(payer).path("usedPercent").asInt()).isEqualTo(75);
    assertThat(credit(payer).path("used").asString()).isEqualTo("750.00");
    assertThat(credit(payer).path("warnings")).isEmpty();

    String soon = payer.today().plusDays(30).toString();
    enter(
        payer,
        "{\"currency\":\"EUR\",\"limit\":700,\"cover\":600,\"insurer\":\"Sure & Co\",\"coverUntil\":\"%s\"}"
            .formatted(soon),
        204);
    assertThat(credit(payer).path("warnings").toString())
        .isEqualTo("[\"over-limit\",\"over-cover\",\"cover-ends\"]");
    enter(
        payer,
        "{\"currency\":\"EUR\",\"limit\":750,\"cover\":900,\"coverUntil\":\"%s\"}"
            .formatted(payer.today().plusDays(31)),
        204);
    assertThat(credit(payer).path("warnings")).as("just within").isEmpty();
    enter(
        payer,
        "{\"currency\":\"EUR\",\"cover\":900,\"coverUntil\":\"%s\"}"
            .formatted(payer.today().minusDays(1)),
        204);
    assertThat(credit(payer).path("warnings").toString()).isEqualTo("[\"cover-ended\"]");
    JsonNode history = credit(payer).path("history");
    assertThat(history).hasSize(4);
    assertThat(history.get(3).path("rating").asString()).isEqualTo("B2");
    assertThat(history.get(3).path("actor").asString()).isEqualTo("agent");
    assertThat(history.get(3).path("notedAt").asString()).isNotEmpty();
  }

  @Test
  void whatIsHalfToldIsRefused() {
    PayerFixture payer = aPayer(server).owes(1, "750.00", "EUR", -20);
    assertThat(enter(payer, "{\"limit\":5}", 400)).contains("no currency code");
    assertThat(enter(payer, "{\"currency\":\"EUR\",\"limit\":-5}", 400)).contains("limit is -5");
    assertThat(enter(payer, "{\"currency\":\"EUR\",\"insurer\":\"Sure\"}", 400))
        .contains("cover is missing");
    assertThat(enter(payer, "{\"currency\":\"EUR\",\"ratingSource\":\"Agency\"}", 400))
        .contains("rating is missing");
    server
        .put(
            "/api/v1/customers/" + payer.number() + "/credit", "{\"currency\":\"EUR\"}", "designer")
        .expect(403);
    assertThat(credit(payer).path("history")).isEmpty();
  }

  @Test
  void aFileTellsALimitOnlyWhenItIsANewOne() {
    PayerFixture payer = aPayer(server).owes(1, "750.00", "EUR", -20);
    tell(payer, "500 EUR");
    assertThat(credit(payer).at("/now/limit").asString()).isEqualTo("500.00");
    enter(payer, "{\"currency\":\"EUR\",\"limit\":900,\"rating\":\"B2\"}", 204);
    tell(payer, "500 EUR");
    assertThat(credit(payer).at("/now/limit").asString())
        .as("what a person entered since stays")
        .isEqualTo("900.00");
    tell(payer, "600 EUR");
    assertThat(credit(payer).at("/now/limit").asString()).isEqualTo("600.00");
    assertThat(credit(payer).at("/now/rating").asString()).isEqualTo("B2");
    assertThat(credit(payer).at("/now/actor").asString()).isEqualTo("system:ledger-file");
  }

  /** Each line tells the payer's limit in its own invoice's currency. */
  @Test
  void invoicesOfTwoCurrenciesTellOneLimit() {
    PayerFixture payer = aPayer(server).owes(1, "750.00", "EUR", -20);
    tell(payer, "500 EUR", "500 USD");
    assertThat(credit(payer).at("/now/limit").asString()).isEqualTo("500.00");
    assertThat(credit(payer).at("/now/currency").asString()).isEqualTo("EUR");
    tell(payer, "500 USD", "500 EUR");
    assertThat(credit(payer).path("history")).hasSize(1);
    tell(payer, "500 USD", "700 EUR");
    assertThat(credit(payer).at("/now/limit").asString()).isEqualTo("700.00");
    assertThat(credit(payer).at("/now/currency").asString()).isEqualTo("EUR");
  }

  private void tell(PayerFixture payer, String... limits) {
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency,credit_limit\n");
    for (String each : limits) {
      String currency = each.substring(each.indexOf(' ') + 1);
      csv.append(
          "%s,Story & Sons,%s-%s,%s,%s,10.00,%s,%s\n"
              .formatted(
                  payer.number(),
                  payer.number(),
                  currency,
                  payer.today(),
                  payer.today().plusDays(30),
                  currency,
                  each.substring(0, each.indexOf(' '))));
    }
    assertThat(
            server
                .importLedger(csv.toString().getBytes(StandardCharsets.UTF_8), Map.of())
                .expect(200)
                .json()
                .path("errors"))
        .isEmpty();
  }

  private JsonNode credit(PayerFixture payer) {
    return server
        .get("/api/v1/customers/" + payer.number() + "/credit", "agent")
        .expect(200)
        .json();
  }

  private String enter(PayerFixture payer, String body, int status) {
    return server
        .put("/api/v1/customers/" + payer.number() + "/credit", body, "agent")
        .expect(status)
        .body();
  }
}
