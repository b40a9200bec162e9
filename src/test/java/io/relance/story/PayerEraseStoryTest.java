package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A payer asks for the erasure of their data: what the law does not oblige to keep goes. */
class PayerEraseStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String WORDS = "quarrelled with the zebra";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void nothingIsFoundOfWhoWasErased() {
    PayerFixture payer = aPayer(server);
    String phone = mobileOf(payer);
    payer.withMobile(phone).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    String customer = "/api/v1/customers/" + payer.number();
    server.post(customer + "/notes", "{\"text\":\"%s\"}".formatted(WORDS), "agent").expect(204);
    server
        .put(customer + "/opt-outs/sms", "{\"reason\":\"%s\"}".formatted(WORDS), "agent")
        .expect(204);
    server
        .put(
            customer + "/credit",
            "{\"currency\":\"EUR\",\"limit\":100,\"note\":\"%s\"}".formatted(WORDS),
            "agent")
        .expect(204);
    payer.onHold(3);
    anAnswerCame(payer);
    assertThat(placesOf(payer.email())).as("they are there").isNotEmpty();
    assertThat(placesOf(phone)).isNotEmpty();
    assertThat(placesOf(WORDS)).hasSizeGreaterThan(3);

    assertThat(erase(payer, "{\"reason\":\"asked by letter\"}", "manager").expect(400).body())
        .contains("invoice " + payer.invoice(1) + " is still open");
    payer.pays(1, "80.00", "EUR");
    await().atMost(SOON).until(() -> payer.states("collection_case").contains("closed"));
    erase(payer, "{\"reason\":\"asked by letter\"}", "agent").expect(403);
    assertThat(erase(payer, "{}", "manager").expect(400).body()).contains("reason is missing");
    JsonNode erased =
        erase(payer, "{\"reason\":\"asked by letter\"}", "manager").expect(200).json();
    assertThat(erased.path("keptUntil").asString())
        .as("ten years after the end of the year of the last invoice")
        .isEqualTo((payer.today().minusDays(35).getYear() + 10) + "-12-31");

    assertThat(placesOf(payer.email())).isEmpty();
    assertThat(placesOf(phone)).isEmpty();
    assertThat(placesOf(phone.replace(" ", ""))).isEmpty();
    assertThat(placesOf(WORDS)).isEmpty();
    assertThat(payer.file(1).path("amount").asString()).as("accounting").isEqualTo("80.00");
    assertThat(
            server
                .database()
                .queryForList(
                    "SELECT DISTINCT t.text FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ?",
                    String.class,
                    payer.number()))
        .containsExactlyInAnyOrder("erased", "Personal data was erased");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'erase-customer' AND subject = ? AND detail = 'asked by letter'",
                "customer " + payer.number()))
        .isEqualTo(1);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM contact_opt_out o JOIN payer p ON p.id = o.payer_id WHERE p.number = ? AND o.channel = 'sms'",
                payer.number()))
        .as("who wants no messages still wants none")
        .isEqualTo(1);
    assertThat(erase(payer, "{\"reason\":\"again\"}", "manager").expect(400).body())
        .contains("erased by manager already", "-12-31");

    payer.owes(1, "80.00", "EUR", 5);
    assertThat(placesOf(payer.email())).as("an old file brings nothing back").isEmpty();
    server.advance("P2D");
    assertThat(payer.openTasks()).isEmpty();
    assertThat(payer.mails()).hasSize(1);
    assertThat(placesOf(phone)).isEmpty();

    payer.owes(2, "45.00", "EUR", -20);
    JsonNode afresh = server.get(customer).expect(200).json();
    assertThat(afresh.path("email").asString())
        .as("a new invoice begins afresh")
        .isEqualTo(payer.email());
  }

  /** Whoever has that number next is not written to there either. */
  @Test
  void aNumberThatWantsNoMessagesKeepsThatWish() {
    PayerFixture payer = aPayer(server);
    String phone = mobileOf(payer);
    payer.withMobile(phone).owes(1, "81.00", "EUR", -3);
    server.put("/api/v1/customers/" + payer.number() + "/opt-outs/sms", "{}", "agent").expect(204);
    payer.pays(1, "81.00", "EUR");
    await()
        .atMost(SOON)
        .until(() -> erase(payer, "{\"reason\":\"asked\"}", "manager").status() == 200);
    assertThat(server.count("SELECT COUNT(*) FROM erased_opt_out WHERE channel = 'sms'"))
        .isPositive();
    assertThat(placesOf(phone.replace(" ", ""))).isEmpty();
  }

  private Server.Answer erase(PayerFixture payer, String body, String user) {
    return server.post("/api/v1/customers/" + payer.number() + "/erase", body, user);
  }

  /** A number that no other story uses. */
  private static String mobileOf(PayerFixture payer) {
    int n = Integer.parseInt(payer.number().substring(1));
    return "+44 7400 2%05d".formatted(n);
  }

  private void anAnswerCame(PayerFixture payer) {
    server
        .database()
        .update(
            "INSERT INTO inbound_message (source, kind, channel, sender, payer_id, subject, body, received_at, read_at)"
                + " SELECT CONCAT('mail-<', id, '@', email, '>'), 'reply', 'email', email, id, ?, ?, created_at, created_at FROM payer WHERE number = ?",
            WORDS,
            "From " + payer.email() + ": " + WORDS,
            payer.number());
  }

  /** Every column of text, of every table, that holds these words. */
  private List<String> placesOf(String words) {
    List<String> places = new ArrayList<>();
    List<Map<String, Object>> columns =
        server
            .database()
            .queryForList(
                "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()"
                    + " AND data_type IN ('char','varchar','text','mediumtext','longtext','json')");
    for (Map<String, Object> column : columns) {
      long found =
          server.count(
              "SELECT COUNT(*) FROM `%s` WHERE `%s` REGEXP ?"
                  .formatted(column.get("t"), column.get("c")),
              "(^|[^a-z0-9])" + words.replace("+", "[+]").replace(".", "[.]"));
      if (found > 0) {
        places.add(column.get("t") + "." + column.get("c"));
      }
    }
    return places;
  }
}
