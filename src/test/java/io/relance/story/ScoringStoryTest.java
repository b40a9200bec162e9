package io.relance.story;

import static io.relance.support.PayerFixture.Item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Scores, predicted dates and the reasons of decisions, as the API tells them. */
class ScoringStoryTest {

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginInTheMorning() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aScoreSaysWhyAndLooksAtNothingLater() {
    PayerFixture payer = aPayer(server);
    pastOf(payer, 20, 0);
    JsonNode good = score(payer, "");
    assertThat(good.path("band").asString()).as(good.toString()).isEqualTo("A");
    int points = 0;
    for (JsonNode reason : good.path("reasons")) {
      points += reason.path("points").asInt();
    }
    assertThat(points).isEqualTo(good.path("score").asInt());
    assertThat(good.path("reasons").toString())
        .contains("Pays nearly everything in time", "points");

    // one that stayed unpaid for 70 days: known only once it was late
    LocalDate today = payer.today();
    payer.row(90, "900.00", "EUR", 80, "no", today.minusDays(10).toString());
    JsonNode now = score(payer, "");
    assertThat(now.path("score").asInt()).isLessThan(good.path("score").asInt());
    assertThat(now.path("reasons").toString()).contains("Left an invoice unpaid");
    JsonNode then = score(payer, "?asOf=" + today.minusDays(81));
    assertThat(then.path("reasons").toString())
        .contains("times the usual")
        .doesNotContain("Left an invoice unpaid");
    assertThat(score(payer, "?asOf=" + today.minusDays(111)).path("band").asString())
        .isEqualTo("A");
    assertThat(server.get("/api/v1/customers/nobody-at-all/score").status()).isEqualTo(404);
  }

  @Test
  void aScoreKeepsItsHistory() {
    PayerFixture payer = aPayer(server);
    pastOf(payer, 20, 0);
    payer.owes(92, "100.00", "EUR", -300);
    server.advance("P1D");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> score(payer, "").path("history").size() == 1);
    payer.row(91, "900.00", "EUR", 80, "no", payer.today().minusDays(1).toString());
    server.advance("P1D");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> score(payer, "").path("history").size() == 2);
    JsonNode later = score(payer, "");
    assertThat(later.path("history").get(0).path("score").asInt())
        .isEqualTo(later.path("score").asInt());
    assertThat(later.path("history").get(0).path("reasons").toString())
        .contains("Left an invoice unpaid");
    assertThat(later.path("history").get(1).path("band").asString()).isEqualTo("A");
  }

  @Test
  void anOpenInvoiceIsExpectedWhenItsPayerUsuallyPays() {
    PayerFixture early = aPayer(server);
    PayerFixture late = aPayer(server);
    pastOf(early, 24, -5);
    pastOf(late, 24, 20);
    for (int i = 0; i < 4; i++) {
      pastOf(aPayer(server), 12, 3 * i);
    }
    early.owes(95, "50.00", "EUR", -10);
    late.owes(95, "50.00", "EUR", -10);
    // the last model knows nothing of these payers yet
    server.database().update("DELETE FROM pay_date_model");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.count("SELECT COUNT(*) FROM pay_date_model") > 0);

    JsonNode ofEarly = prediction(early);
    JsonNode ofLate = prediction(late);
    LocalDate due = late.today().plusDays(10);
    assertThat(date(ofEarly, "expected")).isBefore(due);
    assertThat(date(ofLate, "expected")).isAfter(due.plusDays(10));
    assertThat(date(ofLate, "from")).isBeforeOrEqualTo(date(ofLate, "expected"));
    assertThat(date(ofLate, "to")).isAfterOrEqualTo(date(ofLate, "expected"));
    assertThat(ofLate.path("latePercent").asInt())
        .isGreaterThan(ofEarly.path("latePercent").asInt());

    // what is expected adds up to what is open, to the cent
    for (JsonNode forecast : server.get("/api/v1/analytics/forecast?weeks=8").expect(200).json()) {
      BigDecimal sum = amount(forecast, "later").add(amount(forecast, "unpredicted"));
      for (JsonNode week : forecast.path("weeks")) {
        assertThat(LocalDate.parse(week.path("monday").asString()).getDayOfWeek())
            .isEqualTo(DayOfWeek.MONDAY);
        assertThat(amount(week, "expected").signum()).isNotNegative();
        sum = sum.add(amount(week, "expected"));
      }
      assertThat(forecast.path("weeks").size()).isEqualTo(8);
      assertThat(sum).isEqualByComparingTo(amount(forecast, "open"));
    }
  }

  @Test
  void whatIsPredictedForAWeekHasItsInvoices() {
    for (int i = 0; i < 6; i++) {
      pastOf(aPayer(server), 12, 5 * i - 5);
    }
    PayerFixture payer = aPayer(server);
    pastOf(payer, 24, 4);
    payer.owes(Item.item(95, "700.00", "NOK", -12), Item.item(96, "310.00", "NOK", -30));
    server.database().update("DELETE FROM pay_date_model");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.count("SELECT COUNT(*) FROM pay_date_model") > 0);
    server.advance("P1D");
    JsonNode weeks =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    server
                        .get("/api/v1/analytics/expected-cash?currency=NOK", "manager")
                        .expect(200)
                        .json()
                        .at("/0/weeks"),
                found -> !found.isEmpty() && !found.get(0).path("predicted").isNull());
    BigDecimal all = BigDecimal.ZERO;
    List<String> invoices = new ArrayList<>();
    for (JsonNode week : weeks) {
      BigDecimal sum = BigDecimal.ZERO;
      for (JsonNode row : predictedFor(week.path("monday").asString())) {
        sum = sum.add(amount(row, "expected"));
        invoices.add(row.path("invoice").asString());
        assertThat(row.path("chancePercent").asInt()).isBetween(0, 100);
      }
      assertThat(sum.subtract(amount(week, "predicted")).abs())
          .as("each of two lines is rounded: " + week)
          .isLessThanOrEqualTo(new BigDecimal("0.01"));
      all = all.add(sum);
    }
    assertThat(invoices).contains(payer.invoice(95), payer.invoice(96));
    assertThat(all).isBetween(new BigDecimal("900"), new BigDecimal("1010.10"));
    assertThat(predictedFor(LocalDate.parse(weeks.at("/0/monday").asString()).minusDays(7) + ""))
        .as("a week that is over")
        .isEmpty();
    String items = "/api/v1/analytics/predictions/items?currency=NOK";
    assertThat(server.get(items + "&week=2035-01-02", "manager").expect(400).body())
        .contains("name a Monday");
    assertThat(server.get(items, "manager").expect(400).body()).contains("name a Monday");
    assertThat(server.get(items + "&week=soon", "manager").expect(400).body())
        .contains("week is 'soon', which cannot be read: write a day, like 2026-03-02");
    assertThat(server.get(items + "&page=x", "manager").expect(400).body())
        .contains("page is 'x', which cannot be read: write a number");
    assertThat(
            server
                .get("/api/v1/analytics/predictions/items?week=2035-01-01", "manager")
                .expect(400)
                .body())
        .contains("currency is missing");
    server.get(items + "&week=2035-01-01", "agent").expect(403);
  }

  private JsonNode predictedFor(String monday) {
    return server
        .get("/api/v1/analytics/predictions/items?currency=NOK&week=" + monday, "manager")
        .expect(200)
        .json()
        .path("items");
  }

  @Test
  void whoPaysLaterThanUsualRaisesASignalOnce() {
    PayerFixture payer = aPayer(server);
    LocalDate today = payer.today();
    List<Item> items = new ArrayList<>();
    for (int n = 1; n <= 16; n++) {
      int dueDaysAgo = 20 * n + 15;
      int late = n <= 3 ? 14 : n % 3;
      items.add(
          new Item(
              n,
              "100.00",
              "EUR",
              dueDaysAgo,
              "no",
              today.minusDays(dueDaysAgo).plusDays(late).toString()));
    }
    items.add(Item.item(50, "100.00", "EUR", -20)); // who owes nothing is not looked at
    payer.owes(items.toArray(Item[]::new));
    server.advance("P1D");
    JsonNode signals =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> signals(payer), found -> !found.isEmpty());
    assertThat(signals.get(0).path("kind").asString()).isEqualTo("pays-later");
    assertThat(signals.get(0).path("evidence").asString())
        .contains("paid 13 days later, at the median", "Mann-Whitney");
    server.advance("P1D");
    server.advance("PT1H");
    assertThat(signals(payer).size()).isEqualTo(1);

    String seen = "/api/v1/signals/" + signals.get(0).path("id").asLong() + "/seen";
    server.post(seen, "").expect(204);
    server.post(seen, "").expect(404);
    assertThat(signals(payer).get(0).path("seenBy").asString()).isEqualTo("admin");
  }

  private JsonNode signals(PayerFixture payer) {
    return server.get("/api/v1/signals?customer=" + payer.number()).expect(200).json();
  }

  @Test
  void whyAStepWasTakenIsKept() {
    PayerFixture payer = aPayer(server).owes(1, "230.00", "EUR", 4);
    await().atMost(Duration.ofSeconds(40)).until(() -> !payer.steps(1, "taken").isEmpty());
    JsonNode decisions =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    server
                        .get("/api/v1/invoices/" + payer.invoice(1) + "/decisions")
                        .expect(200)
                        .json(),
                made -> !made.isEmpty());
    JsonNode first = decisions.get(decisions.size() - 1);
    assertThat(first.path("decision").asString()).isEqualTo("Treatment");
    assertThat(first.path("inputs").get(0).path("name").asString()).isEqualTo("Score band");
    assertThat(first.path("inputs").get(0).path("value").asString()).isEqualTo("\"C\"");
    assertThat(first.path("rows").size()).isPositive();
    assertThat(first.path("output").asString()).contains("courteous-reminder");
  }

  /** An invoice a month, each paid so many days after it was due. */
  private void pastOf(PayerFixture payer, int months, int daysLate) {
    LocalDate today = payer.today();
    List<Item> items = new ArrayList<>();
    for (int back = 1; back <= months; back++) {
      int dueDaysAgo = 30 * back + 25;
      items.add(
          new Item(
              back,
              "100.00",
              "EUR",
              dueDaysAgo,
              "no",
              today.minusDays(dueDaysAgo).plusDays(daysLate).toString()));
    }
    payer.owes(items.toArray(Item[]::new));
  }

  private JsonNode score(PayerFixture payer, String query) {
    return server.get("/api/v1/customers/" + payer.number() + "/score" + query).expect(200).json();
  }

  private JsonNode prediction(PayerFixture payer) {
    JsonNode answer =
        server.get("/api/v1/invoices/" + payer.invoice(95) + "/prediction").expect(200).json();
    assertThat(answer.path("reason").asString("")).isEmpty();
    return answer.path("prediction");
  }

  private static LocalDate date(JsonNode node, String name) {
    return LocalDate.parse(node.path(name).asString());
  }

  private static BigDecimal amount(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asString());
  }
}
