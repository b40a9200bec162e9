package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A manager's figures tie to the ledger, today and on every day before. */
class FiguresStoryTest {

  private static final String[] AGES = {"not-due", "1-30", "31-60", "61-90", "91+"};

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void aPastDayShowsWhatItShowedThen() {
    PayerFixture payer = aPayer(server);
    String segment = "past-" + payer.number();
    payer
        .inSegment(segment)
        .owes(
            item(1, "100.00", "EUR", 5),
            item(2, "80.00", "EUR", 40),
            item(3, "500.00", "EUR", -20),
            item(4, "60.00", "EUR", 95));
    Map<LocalDate, JsonNode> shown = new LinkedHashMap<>();
    keep(shown, payer, segment);
    assertThat(aged(segment, payer.today()))
        .isEqualTo("740.00 [500.00, 100.00, 80.00, 0.00, 60.00]");

    server.advance("P1D");
    payer.pays(1, "40.00", "EUR");
    keep(shown, payer, segment);

    server.advance("P1D");
    payer.owes(9, "-30.00", "EUR", 0); // a credit note: the oldest due takes it
    keep(shown, payer, segment);
    assertThat(aged(segment, payer.today()))
        .isEqualTo("670.00 [500.00, 60.00, 80.00, 0.00, 30.00]");

    server.advance("P1D");
    long act = take(payer, "{\"amount\":50,\"means\":\"cash\",\"invoices\":[\"%s\"]}");
    keep(shown, payer, segment);
    assertThat(aged(segment, payer.today()))
        .isEqualTo("620.00 [450.00, 60.00, 80.00, 0.00, 30.00]");

    server.advance("P1D");
    server
        .post("/api/v1/customers/" + payer.number() + "/acts/" + act + "/undo", "", "manager")
        .expect(200);
    keep(shown, payer, segment);
    assertThat(aged(segment, payer.today()))
        .as("taken back from today on; yesterday showed the money")
        .isEqualTo("670.00 [500.00, 60.00, 80.00, 0.00, 30.00]");

    server.advance("P1D");
    payer.isGivenUp(2);
    keep(shown, payer, segment);
    JsonNode now = shown.get(payer.today());
    assertThat(now.path("total").asString()).isEqualTo("590.00");
    assertThat(now.path("writtenOff").asString()).isEqualTo("80.00");
    assertThat(now.path("ledgerTotal").asString()).isEqualTo("670.00");

    server.advance("P1D");
    dueElsewhen(payer, segment);
    keep(shown, payer, segment);
    assertThat(aged(segment, payer.today()))
        .as("the due date of the largest was moved into the past")
        .isEqualTo("590.00 [0.00, 560.00, 0.00, 0.00, 30.00]");

    shown.forEach(
        (day, then) ->
            assertThat(ask(segment, day).toString()).as("of " + day).isEqualTo(then.toString()));
    assertThat(ask(segment, payer.today().minusDays(300)).path("total").asString())
        .isEqualTo("0.00");
    assertThat(whatTheMigrationMakesOf(payer)).isEqualTo(spansNow(payer));
    tiesToTheLedger();
    theRowsBehindAddUp(segment, payer.today());
  }

  private void keep(Map<LocalDate, JsonNode> shown, PayerFixture payer, String segment) {
    shown.put(payer.today(), ask(segment, null));
  }

  private String aged(String segment, LocalDate day) {
    JsonNode aged = ask(segment, day);
    return aged.path("total").asString()
        + " "
        + aged.path("buckets").valueStream().map(b -> b.path("amount").asString()).toList();
  }

  private JsonNode ask(String segment, LocalDate day) {
    return server
        .get(
            "/api/v1/analytics/aged-balance?currency=EUR&segment="
                + segment
                + (day == null ? "" : "&asOf=" + day),
            "manager")
        .expect(200)
        .json();
  }

  private long take(PayerFixture payer, String body) {
    server
        .post(
            "/api/v1/customers/" + payer.number() + "/payments",
            body.formatted(payer.invoice(3)),
            "agent")
        .expect(200);
    return server
        .database()
        .queryForObject(
            "SELECT t.id FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? AND t.kind = 'payment-taken'",
            Long.class,
            payer.number());
  }

  /** The ledger says another due date for the third invoice. */
  private void dueElsewhen(PayerFixture payer, String segment) {
    file(Map.of(), line(payer, segment, 3, "500.00", 40, 3));
  }

  private void file(Map<String, String> how, String... lines) {
    String csv =
        "customer_id,customer_name,email,segment,invoice_number,issue_date,due_date,amount,currency\n"
            + String.join("", lines);
    JsonNode report =
        server.importLedger(csv.getBytes(StandardCharsets.UTF_8), how).expect(200).json();
    assertThat(report.path("errors").size()).as(report.toString()).isZero();
  }

  private static String line(
      PayerFixture payer, String segment, int n, String amount, int issuedAgo, int dueAgo) {
    return "%s,Story & Sons,%s,%s,%s,%s,%s,%s,EUR\n"
        .formatted(
            payer.number(),
            payer.email(),
            segment,
            payer.invoice(n),
            payer.today().minusDays(issuedAgo),
            payer.today().minusDays(dueAgo),
            amount);
  }

  /** To the cent, for all payers of all stories, in every currency. */
  private void tiesToTheLedger() {
    Map<String, BigDecimal> ledger = new LinkedHashMap<>();
    server
        .database()
        .query(
            "SELECT currency, SUM(open_amount) FROM invoice GROUP BY currency",
            rs -> {
              ledger.put(rs.getString(1), rs.getBigDecimal(2));
            });
    assertThat(ledger).isNotEmpty();
    ledger.forEach(
        (currency, sum) ->
            assertThat(
                    new BigDecimal(
                        server
                            .get("/api/v1/analytics/aged-balance?currency=" + currency, "manager")
                            .expect(200)
                            .json()
                            .path("ledgerTotal")
                            .asString()))
                .as(currency)
                .isEqualByComparingTo(sum));
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM open_span a JOIN open_span b ON b.invoice_id = a.invoice_id"
                    + " AND b.from_day > a.from_day AND b.from_day < a.to_day"))
        .as("spans of one invoice that overlap")
        .isZero();
    assertThat(server.count("SELECT COUNT(*) FROM open_span WHERE from_day >= to_day")).isZero();
  }

  private void theRowsBehindAddUp(String segment, LocalDate day) {
    JsonNode aged = ask(segment, day);
    for (int i = 0; i < AGES.length; i++) {
      JsonNode bucket = aged.path("buckets").get(i);
      JsonNode items =
          server
              .get(
                  "/api/v1/analytics/aged-balance/items?segment="
                      + segment
                      + "&bucket="
                      + AGES[i].replace("+", "%2B"),
                  "manager")
              .expect(200)
              .json()
              .path("items");
      assertThat(items.size()).isEqualTo(bucket.path("invoices").asInt());
      assertThat(
              items
                  .valueStream()
                  .map(item -> new BigDecimal(item.path("openAmount").asString()))
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(bucket.path("amount").asString());
    }
  }

  /** What the migration would write of this payer's invoices, as far as it is of today. */
  private String whatTheMigrationMakesOf(PayerFixture payer) {
    var jdbc = server.database();
    jdbc.execute("DROP TABLE IF EXISTS open_span_again");
    jdbc.execute("CREATE TABLE open_span_again LIKE open_span");
    try {
      String migration =
          Files.readString(Path.of("src/main/resources/db/migration/V29__open_spans.sql"));
      int begin = migration.indexOf("INSERT INTO open_span ");
      jdbc.update(
          migration
              .substring(begin, migration.indexOf(';', begin))
              .replace("INSERT INTO open_span ", "INSERT INTO open_span_again "));
      return spans(payer, "open_span_again");
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    } finally {
      jdbc.execute("DROP TABLE open_span_again");
    }
  }

  private String spansNow(PayerFixture payer) {
    return spans(payer, "open_span");
  }

  private String spans(PayerFixture payer, String table) {
    return server
        .database()
        .queryForList(
            "SELECT CONCAT(i.number, ' ', s.open_amount, ' ', s.due_date, ' ', COALESCE(s.outcome, '')) FROM "
                + table
                + " s JOIN invoice i ON i.id = s.invoice_id JOIN payer p ON p.id = i.payer_id"
                + " WHERE p.number = ? AND s.to_day = '9999-12-31' ORDER BY i.number",
            String.class,
            payer.number())
        .toString();
  }

  /** As one computes them on paper. */
  @Test
  void daysAndEffectivenessAreThoseOfThePaper() {
    PayerFixture payer = aPayer(server);
    String segment = "days-" + payer.number();
    // the first two were told before the month began, the third today
    file(
        Map.of("asOf", payer.today().minusDays(33).toString()),
        line(payer, segment, 1, "100.00", 35, 5),
        line(payer, segment, 2, "80.00", 70, 40));
    file(Map.of(), line(payer, segment, 3, "500.00", 20, -10));
    JsonNode dso = get("dso", segment);
    assertThat(number(dso.at("/dso/value"))).as("680 / 680 x 90").isEqualTo("90.00");
    assertThat(number(dso.at("/bestPossible/value"))).as("500 / 680 x 90").isEqualTo("66.18");
    assertThat(number(dso.at("/averageDaysDelinquent/value"))).isEqualTo("23.82");
    assertThat(dso.at("/countBack/unit").asString()).isEqualTo("days");
    assertThat(dso.at("/dso/definition").asString()).contains("x 90");
    assertThat(number(get("cei", segment).at("/cei/value")))
        .as("(180 + 500 - 680) / (180 + 500 - 500)")
        .isEqualTo("0.00");
    assertThat(number(get("cei", segment).at("/shareAtRisk/value"))).isEqualTo("0.00");
    payer.pays(1, "100.00", "EUR");
    assertThat(number(get("cei", segment).at("/cei/value")))
        .as("(680 - 580) / 180")
        .isEqualTo("55.56");
    JsonNode none = get("dso", segment + "&currency=JPY");
    assertThat(none.at("/dso/value").isNull()).isTrue();
    assertThat(none.at("/dso/because").asString())
        .isEqualTo("cannot be computed, because nothing was billed in that time");
    assertThat(none.path("otherCurrencies").toString()).isEqualTo("[]");
    assertThat(get("cei", segment + "&currency=JPY").at("/cei/because").asString())
        .contains("nothing is known to have been open");
  }

  private static String number(JsonNode value) {
    return new BigDecimal(value.asString()).setScale(2).toPlainString();
  }

  private JsonNode get(String figure, String segment) {
    return server
        .get("/api/v1/analytics/" + figure + "?segment=" + segment, "manager")
        .expect(200)
        .json();
  }

  @Test
  void whatPeopleDidIsCounted() {
    PayerFixture payer = aPayer(server);
    String segment = "work-" + payer.number();
    payer
        .inSegment(segment)
        .owes(
            item(1, "100.00", "EUR", 3), item(2, "200.00", "EUR", 3), item(3, "300.00", "EUR", 3));
    payer.promises(1, 2);
    payer.pays(1, "100.00", "EUR");
    payer.promises(2, 2);
    payer.disputes(3, "120.00");
    JsonNode cash = get("expected-cash", segment);
    assertThat(cash.at("/0/currency").asString()).isEqualTo("EUR");
    assertThat(
            cash.at("/0/weeks")
                .valueStream()
                .map(week -> new BigDecimal(week.path("promised").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("200");
    assertThat(cash.at("/0/weeks/0/predicted").isNull()).as("for some payers only").isTrue();
    JsonNode promises = get("promises", segment);
    assertThat(promises.path("kept").asInt()).isEqualTo(1);
    assertThat(promises.path("open").asInt()).isEqualTo(1);
    assertThat(number(promises.at("/keptShare/value"))).isEqualTo("100.00");
    JsonNode dispute = get("disputes", segment).at("/disputes/0");
    assertThat(dispute.path("reason").asString()).isEqualTo("price");
    assertThat(dispute.path("open").asInt()).isEqualTo(1);
    assertThat(dispute.at("/amounts/0/amount").asString()).isEqualTo("120.00");
    JsonNode agent = get("agents", segment).at("/agents/0");
    assertThat(agent.path("login").asString()).isEqualTo("agent");
    assertThat(agent.path("promises").asInt()).isEqualTo(2);
    assertThat(agent.path("promisesKept").asInt()).isEqualTo(1);
    JsonNode contacts = get("contacts", segment);
    assertThat(contacts.at("/contactability/value").isNull()).isTrue();
    assertThat(contacts.at("/contactability/because").asString()).contains("nobody was called");
  }

  @Test
  void whatCannotBeMeantIsRefusedInClearWords() {
    refuses("aged-balance?asOf=2099-01-01", "up to today");
    refuses("aged-balance?asOf=soon", "is no day such as");
    refuses("aged-balance?creditor=nobody", "there is none of that code");
    refuses("aged-balance?currency=EURO", "ISO 4217");
    refuses("aged-balance?by=age", "due or issue");
    refuses("aged-balance/items?bucket=old", "91+");
    refuses("aged-balance/items?size=0", "size");
    refuses("expected-cash?asOf=2020-01-01", "not kept");
    server.get("/api/v1/analytics/agents", "agent").expect(403);
  }

  private void refuses(String path, String words) {
    assertThat(server.get("/api/v1/analytics/" + path, "manager").expect(400).body())
        .contains(words);
  }
}
