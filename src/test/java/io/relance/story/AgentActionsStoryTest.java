package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an agent does for a payer beside the tasks that processes ask for. */
class AgentActionsStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void anAgentHasThePayerWrittenToNow() {
    PayerFixture payer =
        aPayer(server).owes(item(1, "80.00", "EUR", 5), item(2, "70.00", "EUR", 5));
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    payer.promises(2, 9);
    server.advance("P2D");
    assertThat(payer.mails()).as("the strategy has nothing to say yet").hasSize(1);
    JsonNode asked =
        server.post(messages(payer), "{\"tone\":\"firm\"}", "agent").expect(200).json();
    assertThat(asked.path("invoices").toString())
        .as("what is promised is not asked for")
        .isEqualTo("[\"" + payer.invoice(1) + "\"]");
    assertThat(asked.path("channel").asString()).isEqualTo("email");
    await().atMost(SOON).until(() -> payer.mails().size() == 2);
    assertThat(tones(payer)).containsExactly("courteous", "firm");
    assertThat(payer.timeline(1)).contains("Asked for a message (firm) by email");

    JsonNode again =
        server.post(messages(payer), "{\"tone\":\"final\"}", "agent").expect(200).json();
    assertThat(again.path("reason").asString()).as("why it waits").isNotEmpty();
  }

  /** A reminder that a person asked for, and that is dropped, is no step to be taken again. */
  @Test
  void whatIsDroppedAgainIsNoStepOfTheStrategy() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 5);
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    server.post(messages(payer), "{\"tone\":\"final\"}", "agent").expect(200);
    payer.promises(1, 9);
    server.advance("P1D");
    await().atMost(SOON).until(() -> payer.states("notice_request").contains("dropped"));
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM case_step s JOIN collection_case c ON c.id = s.case_id JOIN invoice i ON i.id = c.invoice_id"
                    + " WHERE i.number = ? AND s.state = 'again'",
                payer.invoice(1)))
        .isZero();
  }

  @Test
  void whatCannotBeAskedForIsToldWithItsReason() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -20);
    assertThat(refused(payer, "{\"tone\":\"firm\"}")).contains("nothing is overdue");
    assertThat(refused(payer, "{}")).contains("tone is missing");
    assertThat(refused(payer, "{\"tone\":\"formal\"}")).contains("a person can ask for");
    assertThat(refused(payer, "{\"tone\":\"firm\",\"channel\":\"call\"}"))
        .contains("nothing is written");
    payer.owes(1, "80.00", "EUR", 5);
    payer.onHold(1);
    assertThat(refused(payer, "{\"tone\":\"firm\"}")).contains(payer.invoice(1) + ": ");
    server.post(messages(payer), "{\"tone\":\"firm\"}", "designer").expect(403);
    server.post("/api/v1/customers/nobody/messages", "{\"tone\":\"firm\"}", "agent").expect(404);
  }

  @Test
  void aNoteStandsOnTheTimeline() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -20);
    String notes = "/api/v1/customers/" + payer.number() + "/notes";
    server
        .post(notes, "{\"kind\":\"inbound-call\",\"text\":\"<b>asks</b> for a copy\"}", "agent")
        .expect(204);
    server.post(notes, "{\"text\":\" \"}", "agent").expect(400);
    server.post(notes, "{\"kind\":\"poem\",\"text\":\"x\"}", "agent").expect(400);
    server.post(notes, "{\"text\":\"" + "x".repeat(901) + "\"}", "agent").expect(400);
    assertThat(
            server
                .database()
                .queryForList(
                    "SELECT CONCAT(t.actor, ': ', t.text) FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? AND t.kind = 'inbound-call'",
                    String.class,
                    payer.number()))
        .containsExactly("agent: The payer called: <b>asks</b> for a copy");
  }

  private static String messages(PayerFixture payer) {
    return "/api/v1/customers/" + payer.number() + "/messages";
  }

  private String refused(PayerFixture payer, String body) {
    return server.post(messages(payer), body, "agent").expect(400).body();
  }

  private List<String> tones(PayerFixture payer) {
    return server
        .database()
        .queryForList(
            "SELECT n.tone FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? ORDER BY n.id",
            String.class,
            payer.number());
  }
}
