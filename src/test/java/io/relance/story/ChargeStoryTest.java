package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Interest and indemnity of late invoices, the rates and terms behind them, and what ends them. */
class ChargeStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMondayWithRatesThatAreKnown() {
    SharedServer.beginOnAMonday();
    SharedServer.knowRates();
  }

  private void enters(String series, String from, String body, int status) {
    server.put("/api/v1/rates/" + series + "/" + from, body, "admin").expect(status);
  }

  @Test
  void everyChargeShowsItsComputation() {
    PayerFixture payer = aPayer(server).owes(1, "1000.00", "EUR", 40);
    JsonNode today = charges(payer, 0);
    // 40 days of 1,000 at 12.15 %
    assertThat(today.at("/interest/amount").asString()).isEqualTo("13.32");
    assertThat(today.at("/interest/provisional").asBoolean()).isFalse();
    assertThat(today.at("/interest/periods/0/because").asString())
        .contains("ECB refinancing rate 2.15 %", "+ 10 points");
    assertThat(today.at("/indemnity/amount").asString()).isEqualTo("40.00");
    assertThat(today.path("law").asString()).contains("L441-10");
    payer.pays(1, "400.00", "EUR");
    // and ten days of what is left: 600
    assertThat(charges(payer, 10).at("/interest/amount").asString()).isEqualTo("15.31");
    payer.pays(1, "600.00", "EUR");
    assertThat(payer.file(1).path("status").asString()).isEqualTo("paid");
    JsonNode later = charges(payer, 100);
    assertThat(later.at("/interest/amount").asString())
        .as("what was paid late was late")
        .isEqualTo("13.32");
    assertThat(charges(payer, -41).path("none").asString()).isEqualTo("it is not late");
    server
        .get("/api/v1/invoices/" + payer.invoice(1) + "/charges?asOf=%2B999999999-12-31")
        .expect(400);
    payer.row(2, "1000.00", "EUR", 90, "no", payer.today().minusDays(3).toString());
    assertThat(
            server
                .get("/api/v1/invoices/" + payer.invoice(2) + "/charges")
                .json()
                .path("none")
                .asString())
        .contains("before the ledger came to us");
  }

  @Test
  void whatIsCreditedWasNeverOwedAndWhatIsDisputedIsNotCharged() {
    PayerFixture payer = aPayer(server).owes(1, "1000.00", "EUR", 40);
    payer.disputes(1, "250.00");
    assertThat(charges(payer, 0).at("/interest/periods/0/principal").asString())
        .isEqualTo("750.00");
    PayerFixture angry = aPayer(server).owes(1, "1000.00", "EUR", 40);
    angry.disputes(1, null);
    assertThat(charges(angry, 0).path("none").asString()).contains("disputed");
    PayerFixture other = aPayer(server).owes(1, "1000.00", "EUR", 40);
    other.owes(2, "-200.00", "EUR", 40); // a credit note
    assertThat(charges(other, 0).at("/interest/periods/0/principal").asString())
        .isEqualTo("800.00");
  }

  @Test
  void aConsumerIsChargedNothing() {
    PayerFixture payer = aPayer(server).inSegment("consumer").owes(1, "1000.00", "EUR", 40);
    JsonNode charges = charges(payer, 0);
    assertThat(charges.path("interest").isNull()).isTrue();
    assertThat(charges.path("indemnity").isNull()).isTrue();
    assertThat(charges.path("none").asString()).contains("consumer", "L111-8");
  }

  @Test
  void aManagerDoesWithoutThem() {
    PayerFixture payer = aPayer(server).owes(1, "1000.00", "EUR", 40);
    String waiver = "/api/v1/invoices/" + payer.invoice(1) + "/charges/waiver";
    server.put(waiver, "{\"reason\":\"our mistake\"}", "agent").expect(403);
    server.put(waiver, "{\"reason\":\" \"}", "manager").expect(400);
    server.put(waiver, "{\"reason\":\"our mistake\"}", "manager").expect(204);
    JsonNode charges = charges(payer, 0);
    assertThat(charges.path("interest").isNull()).isTrue();
    assertThat(charges.path("waivedBy").asString()).isEqualTo("manager");
    assertThat(charges.path("none").asString()).isEqualTo("our mistake");
    server.delete(waiver, "manager").expect(204);
    server.delete(waiver, "manager").expect(404);
    assertThat(charges(payer, 0).at("/indemnity/amount").asString()).isEqualTo("40.00");
  }

  @Test
  void nobodyPressesAnInsolventPayer() {
    PayerFixture payer = aPayer(server).owes(1, "1000.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    String insolvency = "/api/v1/customers/" + payer.number() + "/insolvency";
    server
        .put(insolvency, "{\"since\":\"%s\"}".formatted(payer.today().plusDays(1)), "agent")
        .expect(400);
    LocalDate since = payer.today();
    payer.promises(1, 2);
    server.put(insolvency, "{\"since\":\"%s\"}".formatted(since), "agent").expect(204);
    server.advance("P21D");
    assertThat(payer.mails()).as("nothing is asked of them").hasSize(1);
    assertThat(payer.openTasks()).isEmpty();
    assertThat(payer.file(1).path("status").asString()).isEqualTo("suspended");
    JsonNode charges = charges(payer, 0);
    // up to the day before: three days of 1,000 at 12.15 %
    assertThat(charges.at("/interest/amount").asString()).isEqualTo("1.00");
    assertThat(charges.path("none").asString()).contains("insolvency of " + since);
    assertThat(payer.states("payment_promise"))
        .as("nobody may keep a promise then")
        .doesNotContain("broken");
    payer.owes(2, "500.00", "EUR", 1); // issued before, and came to be due in the proceedings
    assertThat(
            server
                .get("/api/v1/invoices/" + payer.invoice(2) + "/charges")
                .json()
                .path("none")
                .asString())
        .contains("must not pay");
    server.delete(insolvency, "agent").expect(204);
    server.delete(insolvency, "agent").expect(404);
    assertThat(charges(payer, 0).at("/interest/amount").asString())
        .as("what the law barred does not come back")
        .isEqualTo("1.00");
    server.advance("P2D");
    assertThat(payer.mails().size() + payer.openTasks().size()).isGreaterThan(1);
  }

  @Test
  void whatIsSuppliedInTheProceedingsIsCollected() {
    PayerFixture payer = aPayer(server);
    payer.owes(1, "1000.00", "EUR", 4); // issued 34 days ago
    server
        .put(
            "/api/v1/customers/" + payer.number() + "/insolvency",
            "{\"since\":\"%s\"}".formatted(payer.today().minusDays(60)),
            "agent")
        .expect(204);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(payer.file(1).path("status").asString()).isEqualTo("overdue");
    assertThat(charges(payer, 0).at("/indemnity/amount").asString()).isEqualTo("40.00");
  }

  @Test
  void ratesAreEnteredByAnAdministratorWithTheirSource() {
    server
        .put("/api/v1/rates/bank-rate/2040-01-01", "{\"percent\":3,\"source\":\"x\"}", "manager")
        .expect(403);
    for (String[] bad :
        new String[][] {
          {"moon-rate", "2040-01-01", "{\"percent\":3,\"source\":\"x\"}", "moon-rate"},
          {"bank-rate", "2040-02-01", "{\"percent\":3,\"source\":\"x\"}", "1 January"},
          {"bank-rate", "2040-01-01", "{\"percent\":300,\"source\":\"x\"}", "percent"},
          {"bank-rate", "2040-01-01", "{\"percent\":3}", "source"}
        }) {
      assertThat(
              server
                  .put("/api/v1/rates/" + bad[0] + "/" + bad[1], bad[2], "admin")
                  .expect(400)
                  .body())
          .contains(bad[3]);
    }
    enters("bank-rate", "2040-01-01", "{\"percent\":3.25,\"source\":\"the Bank\"}", 204);
    assertThat(server.get("/api/v1/rates").expect(200).body())
        .contains("\"from\":\"2040-01-01\",\"percent\":\"3.25\",\"source\":\"the Bank\"");
  }

  @Test
  void aContractTakesThePlaceOfTheLaw() {
    PayerFixture payer = aPayer(server).owes(1, "1000.00", "EUR", 40);
    String terms = "/api/v1/creditors/default/charge-terms";
    server.put(terms, "{\"regime\":\"nowhere\"}", "admin").expect(400);
    server.put(terms, "{\"regime\":\"contract\",\"contractPercent\":10}", "manager").expect(403);
    try {
      server.put(terms, "{\"regime\":\"contract\",\"contractPercent\":10}", "admin").expect(204);
      JsonNode charges = charges(payer, 0);
      assertThat(charges.at("/interest/amount").asString()).isEqualTo("10.96");
      assertThat(charges.path("indemnity").isNull()).isTrue();
    } finally {
      server.put(terms, "{\"regime\":\"fr\"}", "admin").expect(204);
    }
    assertThat(charges(payer, 0).at("/interest/amount").asString()).isEqualTo("13.32");
  }

  @Test
  void termsThatAreLongerThanTheLawAllowsAreTold() {
    String csv =
        "customer_id,customer_name,invoice_number,issue_date,due_date,amount,currency\n"
            + "LONG,Long Terms,LONG-1,2026-01-15,2026-03-31,10.00,EUR\n"
            + "LONG,Long Terms,LONG-2,2026-01-15,2026-04-01,10.00,EUR\n";
    JsonNode report =
        server.importLedger(csv.getBytes(StandardCharsets.UTF_8), Map.of()).expect(200).json();
    assertThat(report.at("/invoices/created").asInt()).isEqualTo(2);
    assertThat(report.path("warningsTotal").asInt()).isEqualTo(1);
    assertThat(report.at("/warnings/0/line").asInt()).isEqualTo(3);
    assertThat(report.at("/warnings/0/field").asString()).isEqualTo("due_date");
    assertThat(report.at("/warnings/0/message").asString()).contains("2026-03-31", "L441-10");
    for (String invoice : new String[] {"LONG-1", "LONG-2"}) {
      server
          .post(
              "/api/v1/invoices/" + invoice + "/conclusion",
              "{\"outcome\":\"written-off\",\"note\":\"a test\"}")
          .expect(204);
    }
  }

  private JsonNode charges(PayerFixture payer, int daysFromNow) {
    return server
        .get(
            "/api/v1/invoices/"
                + payer.invoice(1)
                + "/charges?asOf="
                + payer.today().plusDays(daysFromNow))
        .expect(200)
        .json();
  }
}
