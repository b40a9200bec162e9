package io.relance.alone;

import static io.relance.support.PayerFixture.aPayer;
import static io.relance.support.PayerFixture.aPayerWithoutAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.relance.support.AgentBrowser;
import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.TwilioStandIn;
import io.relance.support.TwilioStandIn.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Messages by Twilio: sent once whatever happens on the line, and what comes back. */
class TwilioTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String STATUS = "/hooks/twilio/status";
  private static final String MESSAGE = "/hooks/twilio/message";
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static TwilioStandIn twilio;
  private static Server server;

  @BeforeAll
  static void start() {
    twilio = new TwilioStandIn();
    Map<String, String> settings = new HashMap<>(twilio.settings());
    settings.put("relance.clock.start", "2026-03-02T09:30:00Z");
    settings.put("relance.twilio.whatsapp-templates.fr.any", "HX1");
    settings.put("relance.twilio.announcements", "IE");
    settings.put("relance.outreach.words-sweep", "1s");
    settings.put("relance.twilio.follow-up", "1s");
    settings.put("relance.twilio.ask-after", "1s");
    server = Server.fresh("twilio", settings);
  }

  @AfterAll
  static void stop() {
    server.close();
    twilio.close();
  }

  @Test
  void aTextIsSentAndArrives() {
    String number = aNumber();
    PayerFixture payer = owesByText(number);
    assertThat(payer.sent()).containsExactly("sms by twilio");
    TwilioStandIn.Asked asked = twilio.askedFor(number).getFirst();
    assertThat(twilio.askedFor(number)).hasSize(1);
    assertThat(asked.get("From")).isEqualTo("+33600000001");
    assertThat(asked.get("StatusCallback")).isEqualTo(TwilioStandIn.PUBLIC_URL + STATUS);
    assertThat(asked.get("Body")).contains(payer.invoice(1)).isEqualTo(column(payer, "body_text"));
    String sid = column(payer, "provider_id");
    assertThat(twilio.takenFor(number)).containsExactly(sid);

    // whatever order they come in, and however often
    heard(sid, "sent");
    assertThat(payer.states("notice")).containsExactly("sent");
    heard(sid, "delivered");
    heard(sid, "sent");
    heard(sid, "delivered");
    heard(sid, "undelivered");
    heard(sid, "read");
    assertThat(payer.states("notice")).containsExactly("delivered");
    assertThat(
            server
                .get("/api/v1/messages?customer=" + payer.number())
                .json()
                .at("/items/0/segments")
                .asInt())
        .isPositive();
    assertThat(payer.timeline(1)).doesNotContain("Not sent");
  }

  @Test
  void aTextThatDoesNotArriveIsTold() {
    String number = aNumber();
    PayerFixture payer = owesByText(number);
    String sid = column(payer, "provider_id");
    twilio
        .call(
            server,
            STATUS,
            Map.of("MessageSid", sid, "MessageStatus", "undelivered", "ErrorCode", "30005"))
        .expect(204);
    heard(sid, "delivered"); // late: what failed stays so
    assertThat(payer.states("notice")).containsExactly("failed");
    assertThat(payer.timeline(1)).contains("this number is not in use");
  }

  @Test
  void whereNoWordComesTwilioIsAsked() {
    PayerFixture arrived = owesByText(aNumber());
    PayerFixture failed = owesByText(aNumber());
    twilio.nowIs(column(arrived, "provider_id"), Map.of("status", "delivered"));
    twilio.nowIs(
        column(failed, "provider_id"), Map.of("status", "undelivered", "error_code", 30005));
    await().atMost(SOON).until(() -> arrived.states("notice").contains("delivered"));
    await().atMost(SOON).until(() -> failed.states("notice").contains("failed"));
    assertThat(failed.timeline(1)).contains("this number is not in use");
  }

  @Test
  void aRefusedNumberIsToldAndTheNextStepGoesByAnotherChannel() {
    String number = aNumber();
    twilio.refuse(number, 21614);
    PayerFixture payer = aPayer(server).withMobile(number).owes(1, "80.00", "EUR", -60);
    String email = "/api/v1/customers/" + payer.number() + "/opt-outs/email";
    server.put(email, "{}", "agent").expect(204);
    payer.owes(2, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.states("notice").contains("failed"));
    assertThat(payer.timeline(2)).contains("this is no mobile number (Twilio 21614)");
    assertThat(twilio.askedFor(number)).hasSize(1);
    server.delete(email, "agent").expect(204);
    server.advance("P7D");
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    assertThat(payer.sent()).containsExactly("email by smtp");
  }

  @Test
  void whoToldTwilioToStopIsOptedOutHere() {
    String number = aNumber();
    twilio.refuse(number, 21610);
    PayerFixture payer = aPayerWithoutAddress(server).withMobile(number).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.states("notice").contains("failed"));
    assertThat(optOuts(payer)).containsExactly("sms");
  }

  @Test
  void anAnswerThatIsLostIsAskedForAndNothingGoesTwice() {
    for (Trouble trouble : List.of(Trouble.LOSE_THE_ANSWER, Trouble.FAIL_AFTERWARDS)) {
      String number = aNumber();
      twilio.make(trouble, number);
      PayerFixture payer = owesByText(number);
      assertThat(twilio.askedFor(number)).as(trouble.name()).hasSize(1);
      assertThat(twilio.takenFor(number)).containsExactly(column(payer, "provider_id"));
      assertThat(payer.states("notice")).containsExactly("sent");
    }
  }

  @Test
  void whatTwilioSurelyDidNotTakeIsSentAgainOnce() {
    String number = aNumber();
    twilio.make(Trouble.LOSE_THE_REQUEST, number);
    PayerFixture payer = owesByText(number);
    assertThat(twilio.askedFor(number)).hasSize(2);
    assertThat(twilio.takenFor(number)).hasSize(1);
    assertThat(payer.states("notice")).containsExactly("sent");
  }

  @Test
  void whatTwilioHasNoTimeForGoesLater() {
    String number = aNumber();
    twilio.make(Trouble.TOO_MANY, number);
    PayerFixture payer = owesByText(number);
    assertThat(twilio.takenFor(number)).hasSize(1);
    assertThat(payer.states("notice")).containsExactly("sent");
  }

  /** It died after Twilio had taken the message: whoever starts next asks before anything else. */
  @Test
  void aMessageThatACrashInterruptedIsAskedFor() {
    String number = aNumber();
    PayerFixture payer = owesByText(number);
    String sid = column(payer, "provider_id");
    server
        .database()
        .update(
            "UPDATE notice n JOIN payer p ON p.id = n.payer_id SET n.state = 'sending', n.sent_at = NULL, n.provider_id = NULL,"
                + " n.sending_at = UTC_TIMESTAMP(6) WHERE p.number = ?",
            payer.number());
    server
        .database()
        .update(
            "UPDATE notice_request r JOIN payer p ON p.id = r.payer_id SET r.state = 'requested', r.notice_id = NULL WHERE p.number = ?",
            payer.number());
    long payerId = server.count("SELECT id FROM payer WHERE number = ?", payer.number());
    server.publish("notice-requested", String.valueOf(payerId), "{\"payerId\":" + payerId + "}");
    server.advance("P1D"); // one message a day: the next day's turn finds it
    await().atMost(SOON).until(() -> sid.equals(column(payer, "provider_id")));
    assertThat(payer.states("notice").getFirst()).isEqualTo("sent");
    assertThat(twilio.askedFor(number)).hasSize(1);
  }

  /** Twilio was quicker than our commit. */
  @Test
  void aWordThatComesBeforeItsMessageIsRecordedCountsLater() {
    String number = aNumber();
    twilio.beforeAnswer(
        sid -> {
          if (twilio.takenFor(number).contains(sid)) {
            heard(sid, "delivered");
          }
        });
    PayerFixture payer = aPayerWithoutAddress(server).withMobile(number).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.states("notice").contains("delivered"));
    twilio.beforeAnswer(sid -> {});
    String sid = column(payer, "provider_id");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                server.count("SELECT COUNT(*) FROM delivery_word WHERE provider_id = ?", sid) == 0);
  }

  @Test
  void aWordAndANameThatWereWrittenAtTheSameMomentFindEachOther() {
    PayerFixture payer = owesByText(aNumber());
    server
        .database()
        .update(
            "INSERT INTO delivery_word (provider_id, arrived, heard_at) VALUES (?, TRUE, ?)",
            column(payer, "provider_id"),
            java.sql.Timestamp.from(server.now()));
    await().atMost(SOON).until(() -> payer.states("notice").contains("delivered"));
  }

  @Test
  void whatTwilioDidNotSignChangesNothing() {
    PayerFixture payer = owesByText(aNumber());
    Map<String, String> said =
        Map.of("MessageSid", column(payer, "provider_id"), "MessageStatus", "failed");
    twilio.call(server, STATUS, said, null).expect(403);
    twilio.call(server, STATUS, said, "c2lnbmF0dXJl").expect(403);
    twilio
        .call(server, STATUS, said, TwilioStandIn.signature(STATUS, Map.of("MessageSid", "SM1")))
        .expect(403);
    twilio.call(server, STATUS + "?x=y", said, TwilioStandIn.signature(STATUS, said)).expect(403);
    twilio.call(server, MESSAGE, Map.of("MessageSid", "SM2", "From", "+1"), null).expect(403);
    Map<String, String> large = Map.of("MessageSid", "SM3", "Body", "x".repeat(70_000));
    twilio.call(server, MESSAGE, large).expect(413);
    server
        .exchange(
            "GET", STATUS, null, null, "".getBytes(StandardCharsets.UTF_8)) // no page is there
        .expect(405);
    assertThat(payer.states("notice")).containsExactly("sent");
    heard("SM00000000000000000000000000099999", "failed"); // unknown, and no harm done
    twilio.call(server, STATUS, Map.of("MessageStatus", "failed")).expect(204);
  }

  @Test
  void stopInFiveLanguages() {
    String number = aNumber();
    PayerFixture payer = owesByText(number);
    PayerFixture sister = owesByText(number); // the same telephone
    List<String> words = List.of("STOP", "Arrêt !", "abmelden", "¡BAJA!", "Uitschrijven");
    for (int i = 0; i < words.size(); i++) {
      Map<String, String> said = from(number, "SMstop" + i, words.get(i));
      assertThat(twilio.call(server, MESSAGE, said).expect(200).body()).contains("<Response/>");
      assertThat(optOuts(payer)).as(words.get(i)).containsExactly("sms");
      assertThat(optOuts(sister)).containsExactly("sms");
      twilio.call(server, MESSAGE, from(number, "SMstart" + i, "Start")).expect(200);
      assertThat(optOuts(payer)).isEmpty();
      twilio.call(server, MESSAGE, said).expect(200); // Twilio says it again
      assertThat(optOuts(payer)).as("it was filed already").isEmpty();
    }
    assertThat(filed("kind", number)).hasSize(10).containsOnly("opt-out", "opt-in");
  }

  @Test
  void whoHasTheNumberOfSomebodyWhoSaidStopIsNotWrittenTo() {
    String number = aNumber();
    PayerFixture first = owesByText(number);
    twilio.call(server, MESSAGE, from(number, "SM-" + number, "Stop")).expect(200);
    assertThat(optOuts(first)).containsExactly("sms");
    PayerFixture second =
        aPayerWithoutAddress(server).withMobile(number).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> optOuts(second).contains("sms"));
    assertThat(twilio.askedFor(number)).hasSize(1);
  }

  @Test
  void anAnswerIsFiledForItsPayerAndOneOfAStrangerForNobody() {
    String number = aNumber();
    PayerFixture payer = owesByText(number);
    twilio.call(server, MESSAGE, from(number, "SMa", "I pay on Friday")).expect(200);
    assertThat(filed("CONCAT(kind, ' ', subject)", number))
        .containsExactly("reply May be a promise to pay");
    assertThat(filed("(SELECT number FROM payer WHERE id = payer_id)", number))
        .containsExactly(payer.number());
    String stranger = aNumber();
    Map<String, String> said = new HashMap<>(from(stranger, "SMb", ""));
    said.put("NumMedia", "100");
    said.put("MediaContentType0", "image/jpeg");
    twilio.call(server, MESSAGE, said).expect(200);
    twilio.call(server, MESSAGE, said).expect(200);
    assertThat(filed("kind", stranger)).containsExactly("reply");
    assertThat(filed("attachments", stranger).getFirst())
        .startsWith("1: image/jpeg, 2: of unknown type")
        .endsWith("and 80 more");
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM inbound_message WHERE sender = ? AND payer_id IS NULL",
                stranger))
        .isEqualTo(1);
  }

  @Test
  void whatsAppGoesByTemplateAndFreelyForADayAfterAnAnswer() {
    String number = aNumber();
    PayerFixture english = owesByText(number);
    String contact = "/api/v1/customers/" + english.number();
    server.put(contact + "/opt-ins/whatsapp", "", "agent").expect(204);
    assertThat(byWhatsApp(english)).isNotEqualTo("send").isNotEqualTo("wait");
    Map<String, String> said = new HashMap<>(from("whatsapp:" + number, "SMw", "Who are you?"));
    twilio.call(server, MESSAGE, said).expect(200);
    assertThat(byWhatsApp(english)).isIn("send", "wait");
    server.advance("P1D");
    assertThat(byWhatsApp(english)).isNotEqualTo("send").isNotEqualTo("wait");

    String theirs = "+33612%06d".formatted(NUMBERS.incrementAndGet());
    String csv =
        "customer_id,customer_name,phone,country,language,invoice_number,issue_date,due_date,amount,currency\n"
            + "W1,Boulangerie,%s,FR,fr,W1-%d,2026-01-05,%s,90.00,EUR\n";
    server.importLedger(bytes(csv.formatted(theirs, 1, "2026-06-01")), Map.of()).expect(200);
    server.put("/api/v1/customers/W1/opt-ins/whatsapp", "", "agent").expect(204);
    String due = english.today().minusDays(4).toString();
    server.importLedger(bytes(csv.formatted(theirs, 2, due)), Map.of()).expect(200);
    await().atMost(SOON).until(() -> twilio.askedFor(theirs).size() == 1);
    TwilioStandIn.Asked asked = twilio.askedFor(theirs).getFirst();
    assertThat(asked.get("To")).isEqualTo("whatsapp:" + theirs);
    assertThat(asked.get("ContentSid")).isEqualTo("HX1");
    assertThat(asked.get("ContentVariables")).contains("{\"1\":", "W1-2");
    assertThat(asked.get("Body")).isNull();
  }

  // ---- telephone

  @Test
  void anAgentIsConnectedWithAPayer() {
    PayerFixture payer = withATaskToCall("+44 20 7946 0%03d".formatted(NUMBERS.incrementAndGet()));
    long task = payer.openTasks().get(0).path("key").asLong();
    String call = "{\"customer\":\"%s\",\"task\":%d}".formatted(payer.number(), task);
    server.database().update("DELETE FROM agent_phone");
    assertThat(server.post("/api/v1/calls", call, "agent").expect(400).body())
        .contains("agentNumber is missing");
    String withNumber = call.replace("}", ",\"agentNumber\":\"%s\"}");
    server.post("/api/v1/calls", withNumber.formatted("12"), "agent").expect(400);
    server.post("/api/v1/calls", withNumber.formatted("+33 1 70 18 99 00"), "designer").expect(403);
    long id =
        server
            .post("/api/v1/calls", withNumber.formatted("+33 1 70 18 99 00"), "agent")
            .expect(201)
            .json()
            .path("id")
            .asLong();
    assertThat(server.post("/api/v1/calls", call, "agent").expect(409).body())
        .contains("has just begun");
    TwilioStandIn.Asked asked = twilio.askedFor("+33170189900").getFirst();
    assertThat(asked.get("From")).isEqualTo("+33100000003");
    String hook = "/hooks/twilio/voice/" + id;
    assertThat(asked.get("Url")).isEqualTo(TwilioStandIn.PUBLIC_URL + hook);
    twilio.call(server, hook, Map.of("CallSid", "CA1"), "forged").expect(403);
    assertThat(twilio.call(server, hook, Map.of("CallSid", "CA1")).expect(200).body())
        .contains("<Dial", "callerId=\"+33100000003\"", ">+4420", hook + "/payer");
    twilio
        .call(server, hook + "/payer", Map.of("CallStatus", "completed", "CallDuration", "125"))
        .expect(204);
    twilio.call(server, hook + "/payer", Map.of("CallStatus", "busy")).expect(204);
    twilio.call(server, hook + "/agent", Map.of("CallStatus", "no-answer")).expect(204);
    assertThat(
            server.get("/api/v1/calls?customer=" + payer.number()).json().at("/0/state").asString())
        .isEqualTo("answered");
    assertThat(
            server
                .database()
                .queryForList(
                    "SELECT t.text FROM timeline_entry t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? AND t.kind = 'phone-call'",
                    String.class,
                    payer.number()))
        .containsExactly("Telephone: answered, 125 seconds");
    assertThat(payer.openTasks()).as("the outcome is the agent's to tell").hasSize(1);
    assertThat(twilio.call(server, hook, Map.of("CallSid", "CA1")).expect(200).body())
        .contains("<Hangup/>");
  }

  @Test
  void ofACallThatNobodyTellsTheEndOfTwilioIsAsked() {
    PayerFixture answered = anIrishPayer();
    PayerFixture neverCalled = anIrishPayer();
    PayerFixture lost = anIrishPayer();
    String sidOfAnswered = aCallTo(answered, "+33170189901");
    String sidOfNeverCalled = aCallTo(neverCalled, "+33170189902");
    twilio.make(TwilioStandIn.Trouble.LOSE_THE_ANSWER, "+33170189903");
    aCallTo(lost, "+33170189903");
    twilio.nowIs(sidOfAnswered, Map.of("status", "completed"));
    twilio.payersEnd(sidOfAnswered, Map.of("status", "completed", "duration", "75"));
    twilio.nowIs(sidOfNeverCalled, Map.of("status", "completed"));
    server.post("/api/v1/clock", "{\"advance\":\"PT40M\"}").expect(200);
    await().atMost(SOON).until(() -> stateOfCall(answered).equals("answered"));
    await().atMost(SOON).until(() -> stateOfCall(neverCalled).equals("canceled"));
    await().atMost(SOON).until(() -> stateOfCall(lost).equals("unknown"));
  }

  private static PayerFixture anIrishPayer() {
    return aPayerWithoutAddress(server)
        .livingIn("IE", "+353 85 012 3%03d".formatted(NUMBERS.incrementAndGet()))
        .owes(1, "80.00", "EUR", -60);
  }

  /** What Twilio calls it. */
  private static String aCallTo(PayerFixture payer, String agentNumber) {
    server
        .post(
            "/api/v1/calls",
            "{\"customer\":\"%s\",\"agentNumber\":\"%s\"}".formatted(payer.number(), agentNumber),
            "agent")
        .expect(201);
    return twilio.takenFor(agentNumber).getFirst();
  }

  private static String stateOfCall(PayerFixture payer) {
    return server.get("/api/v1/calls?customer=" + payer.number()).json().at("/0/state").asString();
  }

  @Test
  void theNextCallIsTakenAndDialled() {
    server.post("/api/v1/calls/next", "{}", "manager").expect(400);
    PayerFixture payer = withATaskToCall("+44 20 7946 0%03d".formatted(NUMBERS.incrementAndGet()));
    assertThat(server.get("/api/v1/calls/next", "manager").expect(200).body())
        .contains("Task_CallPayer");
    String own = "{\"agentNumber\":\"+33 1 70 18 99 01\"}";
    String dialled = "";
    while (!dialled.equals(payer.number())) { // tasks of other stories may be more urgent
      dialled =
          server
              .post("/api/v1/calls/next", own, "manager")
              .expect(201)
              .json()
              .at("/task/customerId")
              .asString();
    }
    assertThat(payer.openTasks().get(0).path("assignee").asString()).isEqualTo("manager");
    assertThat(server.get("/api/v1/calls/next", "manager").body())
        .as("it waits for its outcome")
        .doesNotContain("\"" + payer.number() + "\"");
  }

  @Test
  @EnabledIf(
      value = "io.relance.support.AgentBrowser#isAvailable",
      disabledReason = "there is no Chromium on this machine")
  void theButtonsCall() {
    PayerFixture payer = withATaskToCall("+44 20 7946 0%03d".formatted(NUMBERS.incrementAndGet()));
    String key = payer.openTasks().get(0).path("key").asString();
    try (AgentBrowser browser = AgentBrowser.open(server.url())) {
      browser.logIn("admin");
      browser.page().navigate(server.url() + "/tasks/" + key);
      browser.page().fill("#agent-number", "+33 1 70 18 99 02");
      browser.page().click("[data-testid=call]");
      assertThat(browser.page().textContent("[data-testid=told]")).contains("+33170189902 rings");
      assertThat(browser.page().textContent("[data-testid=phone-calls]"))
          .contains("call by admin: dialling");
      browser.page().navigate(server.url() + "/customers/" + payer.number());
      assertThat(browser.page().inputValue("#agent-number")).isEqualTo("+33170189902");
      browser.page().click("[data-testid=call]");
      assertThat(browser.page().textContent("[role=alert]")).contains("has just begun");
      PayerFixture other =
          withATaskToCall("+44 20 7946 0%03d".formatted(NUMBERS.incrementAndGet()));
      browser.page().navigate(server.url() + "/tasks");
      browser.page().click("[data-testid=dial-next]");
      browser.page().waitForURL("**/tasks/*");
      assertThat(browser.page().textContent("[data-testid=task-holder]")).isEqualTo("with admin");
      assertThat(other.openTasks()).hasSize(1);
    }
  }

  @Test
  void anAnnouncementIsForCountriesWhereThePolicyAllowsIt() {
    PayerFixture british =
        aPayerWithoutAddress(server).withMobile(aNumber()).owes(1, "80.00", "EUR", -60);
    String body = "{\"customer\":\"%s\"}";
    assertThat(
            server
                .post("/api/v1/calls/announcement", body.formatted(british.number()), "agent")
                .expect(409)
                .body())
        .contains("Announcements are not allowed in GB");
    PayerFixture irish =
        aPayerWithoutAddress(server)
            .livingIn("IE", "+353 85 012 3456")
            .owes(1, "80.00", "EUR", -60);
    server.database().update("UPDATE creditor SET phone = '+33 1 70 18 99 00' WHERE phone IS NULL");
    long id =
        server
            .post("/api/v1/calls/announcement", body.formatted(irish.number()), "agent")
            .expect(201)
            .json()
            .path("id")
            .asLong();
    String hook = "/hooks/twilio/voice/" + id;
    assertThat(twilio.call(server, hook, Map.of("CallSid", "CA2")).expect(200).body())
        .contains("<Say language=\"en-GB\"", "Please call us back")
        .doesNotContain("80.00");
    twilio.call(server, hook + "/payer", Map.of("CallStatus", "busy")).expect(204);
    assertThat(
            server.get("/api/v1/calls?customer=" + irish.number()).json().at("/0/state").asString())
        .isEqualTo("busy");
  }

  /** A fixed line, and no other address: they are called. */
  private static PayerFixture withATaskToCall(String phone) {
    PayerFixture payer =
        aPayerWithoutAddress(server).livingIn("GB", phone).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.openTasks().size() == 1);
    return payer;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String byWhatsApp(PayerFixture payer) {
    return server
        .get("/api/v1/customers/" + payer.number() + "/contact")
        .json()
        .at("/now/whatsapp/decision")
        .asString();
  }

  private static String aNumber() {
    return "+447400%06d".formatted(123000 + NUMBERS.incrementAndGet());
  }

  /** Waits until the message has left. */
  private static PayerFixture owesByText(String number) {
    PayerFixture payer = aPayerWithoutAddress(server).withMobile(number).owes(1, "80.00", "EUR", 4);
    await().atMost(SOON).until(() -> payer.sent().size() == 1);
    return payer;
  }

  private static void heard(String sid, String status) {
    twilio
        .call(server, STATUS, Map.of("MessageSid", sid, "MessageStatus", status, "ErrorCode", "0"))
        .expect(204);
  }

  private static Map<String, String> from(String number, String sid, String body) {
    return Map.of(
        "MessageSid", sid, "From", number, "To", "+33600000001", "Body", body, "NumMedia", "0");
  }

  private static List<String> optOuts(PayerFixture payer) {
    return server
        .database()
        .queryForList(
            "SELECT o.channel FROM contact_opt_out o JOIN payer p ON p.id = o.payer_id WHERE p.number = ?",
            String.class,
            payer.number());
  }

  private static List<String> filed(String what, String sender) {
    return server
        .database()
        .queryForList(
            "SELECT " + what + " FROM inbound_message WHERE sender = ? ORDER BY id",
            String.class,
            sender);
  }

  private static String column(PayerFixture payer, String column) {
    return server
        .database()
        .queryForList(
            "SELECT n."
                + column
                + " FROM notice n JOIN payer p ON p.id = n.payer_id WHERE p.number = ? ORDER BY n.id LIMIT 1",
            String.class,
            payer.number())
        .stream()
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }
}
