package io.relance.story;

import static io.relance.support.PayerFixture.Item.item;
import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Payers are reached by the channel that works with them, and by another where it does not. */
class ChannelStoryTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  /** Sweeps look once a minute. */
  private static final Duration SWEPT = Duration.ofSeconds(90);

  private static final String MOBILE = "+44 7400 123456";
  private static final String POSTED = "{\"letterOutcome\":\"posted\",\"letterNote\":\"by hand\"}";

  private final Server server = SharedServer.get();

  @BeforeEach
  void beginOnAMonday() {
    SharedServer.beginOnAMonday();
  }

  @Test
  void whoHasOnlyAMobileNumberIsSentAText() {
    PayerFixture payer = aPayerWithoutAddress(server).withMobile(MOBILE).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    assertThat(payer.sent()).containsExactly("sms by catch");
    assertThat(payer.timeline(1)).contains("Text message (courteous) to +447400123456");
    JsonNode message =
        server.get("/api/v1/messages?customer=" + payer.number()).json().path("items").get(0);
    assertThat(message.path("carrier").asString()).isEqualTo("catch");
    assertThat(bodies(payer, "sms", "sent")).contains(payer.invoice(1), "80.00", "past due");
    assertThat(payer.openTasks()).isEmpty();
  }

  @Test
  void whatsAppIsForWhoSaidYes() {
    PayerFixture payer = aPayerWithoutAddress(server).withMobile(MOBILE);
    payer.owes(1, "80.00", "EUR", -60);
    String consent = "/api/v1/customers/" + payer.number() + "/opt-ins/";
    server.put(consent + "sms", "", "agent").expect(400);
    server.put(consent + "whatsapp", "", "designer").expect(403);
    server.put(consent + "whatsapp", "", "agent").expect(204);
    payer.owes(2, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    server.delete(consent + "whatsapp", "agent").expect(204);
    server.delete(consent + "whatsapp", "agent").expect(404);
    server.advance("P8D");
    assertThat(payer.sent()).containsExactly("whatsapp by catch", "sms by catch");
    assertThat(payer.timeline(2)).contains("WhatsApp message (courteous)", "Text message (firm)");
  }

  /** The message was about to go where the payer does not want it any more. */
  @Test
  void whoWantsNoMailIsSentAText() {
    PayerFixture payer =
        aPayer(server).livingIn("US", "+1 212 555 0100").owes(1, "80.00", "EUR", 4);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM notice_request r JOIN invoice i ON i.id = r.invoice_id"
                            + " WHERE i.number = ? AND r.planned_for IS NOT NULL",
                        payer.invoice(1))
                    == 1);
    server
        .put("/api/v1/customers/" + payer.number() + "/opt-outs/email", "{}", "agent")
        .expect(204);
    server.advance("PT7H");
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    assertThat(payer.sent()).containsExactly("sms by catch");
    assertThat(payer.mails()).isEmpty();
  }

  @Test
  void whoHasOnlyAnAddressIsWrittenALetterThatAPersonPosts() {
    PayerFixture payer =
        aPayerWithoutAddress(server)
            .withPostalAddress("1 High Street, London W1")
            .owes(item(1, "80.00", "EUR", 4), item(2, "50.00", "EUR", 4));
    JsonNode task = payer.awaitTask("Task_PostLetter");
    assertThat(server.get("/api/v1/tasks/" + task.path("key").asString() + "/form").body())
        .contains("\"letter\":", "1 High Street, London W1");
    assertThat(letter(payer, "prepared"))
        .contains("Nobody Ltd", "1 High Street", "London W1", payer.invoice(1), "130.00");
    payer.refuses("{}");
    payer.completes(POSTED);
    payer.awaitEnds("payer-letter", "EndEvent_LetterPosted");
    assertThat(payer.sent()).containsExactly("letter by post");
    assertThat(payer.timeline(1)).contains("Letter (courteous)", "posted by agent", "by hand");
    assertThat(payer.timeline(2)).contains("Letter (courteous)");
    assertThat(payer.openTasks()).isEmpty();
  }

  @Test
  void aLetterWhoseWordsAreNotTrueAnyMoreIsNotPosted() {
    PayerFixture payer =
        aPayerWithoutAddress(server)
            .withPostalAddress("1 High Street, London W1")
            .owes(item(1, "80.00", "EUR", 4), item(2, "50.00", "EUR", 4));
    payer.awaitTask("Task_PostLetter");
    payer.owes(3, "-20.00", "EUR", 4);
    await().atMost(SOON).until(() -> letter(payer, "prepared").contains("Total to pay: 110.00"));
    payer.awaitTask("Task_PostLetter");
    payer.pays(1, "80.00", "EUR");
    await().atMost(SOON).until(() -> letter(payer, "prepared").contains("Total to pay: 30.00"));
    assertThat(letter(payer, "prepared")).doesNotContain(payer.invoice(1));
    payer.awaitTask("Task_PostLetter");
    payer.pays(2, "50.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
    assertThat(payer.sent()).isEmpty();
    payer.awaitEnds(
        "payer-letter",
        "EndEvent_LetterDropped",
        "EndEvent_LetterDropped",
        "EndEvent_LetterDropped",
        "EndEvent_NothingToWrite");
  }

  @Test
  void whereNoAddressIsFoundAPersonCalls() {
    PayerFixture payer =
        aPayerWithoutAddress(server).withPostalAddress("unknown").owes(1, "80.00", "EUR", 4);
    payer.awaitTask("Task_PostLetter");
    payer.completes("{\"letterOutcome\":\"no-address\"}");
    payer.awaitTask("Task_CallPayer");
    assertThat(payer.timeline(1)).contains("a call instead of a message");
    assertThat(payer.sent()).isEmpty();
  }

  /** Office hours where the payer lives count for letters, too. */
  @Test
  void whatIsPaidBeforeItsPostingDayIsNotWritten() {
    PayerFixture payer =
        aPayerWithoutAddress(server)
            .livingIn("AU", "+61 2 9999 9999")
            .withPostalAddress("1 George Street, Sydney")
            .owes(1, "80.00", "EUR", 4);
    await()
        .atMost(SOON)
        .until(
            () ->
                server.count(
                        "SELECT COUNT(*) FROM notice_request r JOIN invoice i ON i.id = r.invoice_id"
                            + " WHERE i.number = ? AND r.channel = 'letter' AND r.planned_for IS NOT NULL",
                        payer.invoice(1))
                    == 1);
    payer.pays(1, "80.00", "EUR");
    server.advance("P1D");
    payer.awaitEnds("payer-letter", "EndEvent_NothingLeft");
    assertThat(payer.openTasks()).isEmpty();
  }

  /** A letter was asked for, and the address is gone. */
  @Test
  void aLetterThatCannotGoBecomesACall() {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    server
        .database()
        .update(
            "INSERT INTO notice_request (payer_id, invoice_id, channel, tone, source, state, requested_at)"
                + " SELECT payer_id, id, 'letter', 'firm', CONCAT('test-', id), 'requested', '2026-01-01' FROM invoice WHERE number = ?",
            payer.invoice(1));
    server
        .put("/api/v1/customers/" + payer.number() + "/opt-outs/email", "{}", "agent")
        .expect(204);
    await().atMost(SWEPT).until(() -> payer.openTasks().size() == 1);
    payer.awaitTask("Task_CallPayer");
    payer.awaitEnds("payer-letter", "EndEvent_CallInstead");
  }

  @Test
  void aKeyAccountThatOwesMuchIsVisited() {
    PayerFixture payer = aPayer(server).asKeyAccountOf("agent").owes(1, "9000.00", "EUR", 31);
    JsonNode visit = payer.awaitTask("Task_VisitPayer");
    assertThat(visit.path("assignee").asString()).isEqualTo("agent");
    assertThat(
            server
                .get("/api/v1/tasks/" + visit.path("key").asString() + "/visit.ics")
                .expect(200)
                .body())
        .contains("SUMMARY:Visit Story & Sons", payer.invoice(1));
    payer.refuses("{\"callOutcome\":\"skipped\"}");
    payer.refuses("{\"callOutcome\":\"refuses\",\"callNote\":\"rude\"}"); // asks for the reason
    payer.completes("{\"callOutcome\":\"skipped\",\"callNote\":\"the road was flooded\"}");
    await().atMost(SOON).until(() -> payer.timeline(1).contains("Visit: not done"));
    assertThat(payer.timeline(1)).contains("the road was flooded");
    assertThat(payer.steps(1, "taken")).contains("visit");
  }

  @Test
  void aVisitThatIsNeedlessIsTakenFromTheList() {
    PayerFixture payer = aPayer(server).asKeyAccountOf("agent").owes(1, "9000.00", "EUR", 31);
    payer.awaitTask("Task_VisitPayer");
    payer.pays(1, "9000.00", "EUR");
    await().atMost(SOON).until(() -> payer.openTasks().isEmpty());
  }

  private String letter(PayerFixture payer, String state) {
    return bodies(payer, "letter", state);
  }

  private String bodies(PayerFixture payer, String channel, String state) {
    return String.join(
        "",
        server
            .database()
            .queryForList(
                "SELECT n.body_text FROM notice n JOIN payer p ON p.id = n.payer_id"
                    + " WHERE p.number = ? AND n.channel = ? AND n.state = ?",
                String.class,
                payer.number(),
                channel,
                state));
  }
}
