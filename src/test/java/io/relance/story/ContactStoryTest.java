package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether, when and how payers may be contacted: their clock, and what they do not want. */
class ContactStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String MANHATTAN = "+1 212 555 0100";

  private final Server server = SharedServer.get();

  /** Ten in the morning in Paris is four in New York. */
  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void whoSleepsIsWrittenToInTheirMorning() {
    PayerFixture payer = aPayer(server).livingIn("US", MANHATTAN).owes(1, "80.00", "EUR", 5);
    awaitAsked(payer);
    server.advance("PT2H");
    assertThat(payer.mails()).isEmpty();
    assertThat(now(payer, "email")).isEqualTo("wait");
    server.advance("PT4H");
    assertThat(payer.mails()).hasSize(1);
    assertThat(plannedFor(payer)).isEqualTo(LocalTime.of(8, 0));
    assertThat(sentAt(payer).getHour()).isGreaterThanOrEqualTo(8);
    assertThat(now(payer, "email")).as("once a day").isEqualTo("wait");
  }

  @Test
  void whoWantsNoMailIsCalledEvenIfOneWasAboutToGo() {
    PayerFixture payer = aPayer(server).livingIn("US", MANHATTAN).owes(1, "80.00", "EUR", 5);
    awaitAsked(payer);
    server.put(optOut(payer, "email"), "{\"reason\":\"too many\"}", "agent").expect(204);
    server.put(optOut(payer, "sms"), "{}", "agent").expect(204);
    server.advance("PT6H");
    assertThat(payer.mails()).isEmpty();
    assertThat(payer.openTasks()).hasSize(1);
    assertThat(payer.timeline(1)).contains("a call instead of a message");
  }

  @Test
  void whoWantsNoCallIsWrittenTo() {
    PayerFixture payer = aPayer(server);
    payer.owes(1, "900.00", "EUR", -1);
    server.put(optOut(payer, "call"), "{}", "agent").expect(204);
    payer.owes(2, "900.00", "EUR", 18); // the step that is due is a call
    await().atMost(SOON).until(() -> payer.mails().size() == 1);
    assertThat(payer.openTasks()).isEmpty();
  }

  @Test
  void whoWantsNeitherBecomesASignal() {
    PayerFixture payer = aPayer(server).livingIn("US", MANHATTAN).owes(1, "80.00", "EUR", 5);
    awaitAsked(payer);
    for (String channel : List.of("email", "sms", "call")) {
      server.put(optOut(payer, channel), "{}", "agent").expect(204);
    }
    server.advance("PT6H");
    assertThat(payer.mails()).isEmpty();
    assertThat(unreachable(payer)).isEqualTo(1);
    assertThat(payer.openTasks()).hasSize(1);
    assertThat(payer.openTasks().get(0).path("type").asString()).isEqualTo("Task_LookIntoSignal");
    payer.refuses("{}");
    payer.completes("{\"signalNote\":\"their accountant has changed\"}");
    payer.awaitEnds("payer-signal", "EndEvent_SignalSeen");
  }

  @Test
  void aCallThatIsNotWantedAndNoAddressIsASignal() {
    PayerFixture payer = aPayerWithoutAddress(server).owes(1, "80.00", "EUR", -1);
    server.put(optOut(payer, "call"), "{}", "agent").expect(204);
    payer.owes(2, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> unreachable(payer) == 1);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    long id =
        server
            .get("/api/v1/signals?customer=" + payer.number())
            .expect(200)
            .json()
            .get(0)
            .path("id")
            .asLong();
    server.post("/api/v1/signals/" + id + "/seen", "", "agent").expect(204);
    payer.awaitEnds("payer-signal", "EndEvent_SeenElsewhere");
    assertThat(payer.openTasks()).isEmpty();
  }

  @Test
  void whoAsksForUnusualThingsIsAManagersMatter() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -60);
    String signals = "/api/v1/customers/" + payer.number() + "/signals";
    server.post(signals, "{}", "agent").expect(400);
    server.post(signals, "{\"evidence\":\"x\"}", "designer").expect(403);
    server.post(signals, "{\"evidence\":\"another bank account\"}", "agent").expect(204);
    server.post(signals, "{\"evidence\":\"once more\"}", "agent").expect(400);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    assertThat(
            server
                .get("/api/v1/tasks/" + payer.openTasks().get(0).path("key").asString() + "/form")
                .body())
        .contains("another bank account (noticed by agent)");
    payer.managerCompletes("{\"signalNote\":\"a fraud: told the bank\"}");
    assertThat(server.get("/api/v1/customers/" + payer.number() + "/contact").status())
        .isEqualTo(200);
  }

  @Test
  void optOutsAreAPersonsWordAndTakenBackByOne() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -10);
    server.put(optOut(payer, "letter"), "{}", "agent").expect(400);
    server.put(optOut(payer, "pigeon"), "{}", "agent").expect(400);
    server.put(optOut(payer, "sms"), "{}", "designer").expect(403);
    server.put(optOut(payer, "sms"), "{\"reason\":\"wrote STOP\"}", "agent").expect(204);
    server.put(optOut(payer, "sms"), "{}", "agent").expect(204);
    String contact = "/api/v1/customers/" + payer.number() + "/contact";
    assertThat(server.get(contact).expect(200).json().path("optOuts")).hasSize(1);
    assertThat(server.get(contact).expect(200).body()).contains("wrote STOP", "Europe/London");
    server.delete(optOut(payer, "sms"), "agent").expect(204);
    server.delete(optOut(payer, "sms"), "agent").expect(404);
    assertThat(server.get("/api/v1/customers/nobody/contact").status()).isEqualTo(404);
  }

  private static String optOut(PayerFixture payer, String channel) {
    return "/api/v1/customers/" + payer.number() + "/opt-outs/" + channel;
  }

  private String now(PayerFixture payer, String channel) {
    return server
        .get("/api/v1/customers/" + payer.number() + "/contact")
        .expect(200)
        .json()
        .path("now")
        .path(channel)
        .path("decision")
        .asString();
  }

  private long unreachable(PayerFixture payer) {
    return server.count(
        "SELECT COUNT(*) FROM payer_signal s JOIN payer p ON p.id = s.payer_id WHERE p.number = ? AND s.kind = 'unreachable'",
        payer.number());
  }

  private void awaitAsked(PayerFixture payer) {
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM notice_request r JOIN invoice i ON i.id = r.invoice_id"
                            + " WHERE i.number = ? AND r.state = 'requested' AND r.planned_for IS NOT NULL",
                        payer.invoice(1))
                    == 1);
  }

  private LocalTime plannedFor(PayerFixture payer) {
    return LocalTime.ofInstant(
        server
            .database()
            .queryForObject(
                "SELECT UNIX_TIMESTAMP(r.planned_for) FROM notice_request r JOIN invoice i ON i.id = r.invoice_id WHERE i.number = ?",
                (rs, n) -> java.time.Instant.ofEpochSecond(rs.getLong(1)),
                payer.invoice(1)),
        ZoneId.of("America/New_York"));
  }

  private LocalDateTime sentAt(PayerFixture payer) {
    try {
      return LocalDateTime.ofInstant(
          payer.mails().getFirst().getSentDate().toInstant(), ZoneId.of("America/New_York"));
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
